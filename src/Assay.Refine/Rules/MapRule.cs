namespace Assay.Refine;

/// <summary>
/// <c>map</c>: known spellings to the one name that is meant. Keys are looked up without regard to case, and so
/// are the names themselves, so that a name that is already right, however it is cased, becomes the canonical one.
/// Text that is neither stays as it is.
/// </summary>
internal sealed class MapRule : CleaningRule
{
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes the rule.</summary>
    /// <param name="map">Spelling to name; a spelling that is also another's name counts as a spelling.</param>
    public MapRule(IReadOnlyDictionary<string, string> map)
    {
        bool numbers = false;
        foreach ((string spelling, string name) in map)
        {
            _names[spelling] = name;
            numbers |= NumberText.IsPlain(spelling) || NumberText.IsPlain(name);
        }

        foreach (string name in map.Values)
        {
            _names.TryAdd(name, name);
        }

        KeepsPlainNumbers = !numbers;
    }

    /// <inheritdoc />
    public override bool KeepsPlainNumbers { get; }

    /// <inheritdoc />
    public override CleanText Apply(string? value) =>
        new(value is not null && _names.TryGetValue(value, out string? name) ? name : value);
}
