namespace Assay.Refine;

/// <summary><c>thousands</c>: takes the commas out of a number whose commas stand where thousands have them; anything else stays as it is.</summary>
internal sealed class ThousandsRule : CleaningRule
{
    /// <inheritdoc />
    public override bool KeepsPlainNumbers => true;

    /// <inheritdoc />
    public override CleanText Apply(string? value) =>
        new(value is not null && NumberText.IsNumber(value, out bool grouped) && grouped ? NumberText.Ungroup(value) : value);
}
