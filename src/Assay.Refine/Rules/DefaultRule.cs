namespace Assay.Refine;

/// <summary><c>default</c>: the value that stands for a missing or blank one.</summary>
internal sealed class DefaultRule : CleaningRule
{
    private readonly string _value;

    /// <summary>Makes the rule.</summary>
    /// <param name="value">The value.</param>
    public DefaultRule(string value) => _value = value;

    /// <inheritdoc />
    public override bool KeepsPlainNumbers => true;

    /// <inheritdoc />
    public override CleanText Apply(string? value) => new(value is null || TrimRule.IsBlank(value) ? _value : value);
}
