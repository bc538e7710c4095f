namespace Assay.Refine;

/// <summary><c>null_if</c>: texts that mean that a value is missing (<c>N/A</c>, <c>null</c>), whatever their case.</summary>
internal sealed class NullIfRule : CleaningRule
{
    private readonly string[] _texts;

    /// <summary>Makes the rule.</summary>
    /// <param name="texts">The texts.</param>
    public NullIfRule(IEnumerable<string> texts)
    {
        _texts = [.. texts];
        KeepsPlainNumbers = !Array.Exists(_texts, NumberText.IsPlain);
    }

    /// <inheritdoc />
    public override bool KeepsPlainNumbers { get; }

    /// <inheritdoc />
    public override CleanText Apply(string? value) =>
        new(value is null || Array.Exists(_texts, text => text.Equals(value, StringComparison.OrdinalIgnoreCase)) ? null : value);
}
