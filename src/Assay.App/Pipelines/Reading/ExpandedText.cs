namespace Assay.App.Pipelines;

/// <summary>A text of a pipeline with its variables filled in.</summary>
internal sealed class ExpandedText
{
    private readonly YamlScalar _scalar;
    private readonly int[]? _offsets;

    /// <summary>Makes a text.</summary>
    /// <param name="scalar">The text in the file.</param>
    /// <param name="value">The text with its variables filled in.</param>
    /// <param name="offsets">For each of its characters the one of the file's text that it comes from; null when they are the same.</param>
    public ExpandedText(YamlScalar scalar, string value, int[]? offsets = null)
    {
        _scalar = scalar;
        _offsets = offsets;
        Value = value;
    }

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>Where it begins, quotes included.</summary>
    public Place Start => _scalar.Start;

    /// <summary>Where a character stands in the file.</summary>
    /// <param name="offset">The character, from 0.</param>
    /// <returns>Its place; for one that comes from a variable, that of the variable.</returns>
    public Place At(int offset) => _scalar.Locate(
        _offsets is null ? offset
        : offset < _offsets.Length ? _offsets[offset]
        : _scalar.Text.Length);
}
