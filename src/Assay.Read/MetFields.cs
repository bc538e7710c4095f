using Assay.Data;

namespace Assay.Read;

/// <summary>Which of the fields that are asked for the records of a source have, over all files that a run reads of it.</summary>
public sealed class MetFields
{
    private const int MostTold = 30;

    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _extra = new(StringComparer.Ordinal);
    private bool _hasRecords;
    private string _files = "";

    /// <summary>Adds what was found in files.</summary>
    /// <param name="source">The files, read to their end.</param>
    public void Add(IRecordSource source)
    {
        _files = _files.Length == 0 && source.Files.Count == 1 ? source.Files[0] : $"source `{source.Name}`";
        if (source.MetColumns is { } met)
        {
            _hasRecords = true;
            _asked.UnionWith(source.Columns);
            _met.UnionWith(met);
            _extra.UnionWith(source is JsonSource ? source.ExtraColumns.Select(FieldPath.Of) : source.ExtraColumns);
        }
    }

    /// <summary>Whether there are records, and none has a field, if only as null.</summary>
    /// <param name="field">A field that was asked for.</param>
    /// <returns>True when no record has it.</returns>
    public bool Lacks(string field) => _hasRecords && _asked.Contains(field) && !_met.Contains(field);

    /// <summary>The field that was meant by one that no record has.</summary>
    /// <param name="field">The field.</param>
    /// <returns>The nearest of those that nobody asked for, as it is to be written; null when none is near.</returns>
    public string? Meant(string field) =>
        _extra.FirstOrDefault(other => other == $"\"{field}\"")
        ?? _extra.FirstOrDefault(other => other.EndsWith("." + field, StringComparison.OrdinalIgnoreCase) || other.EndsWith(".@" + field, StringComparison.OrdinalIgnoreCase))
        ?? DidYouMean.Nearest(field, _extra);

    /// <summary>Says that fields are needed, and no record has them.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="fields">The fields, at least one.</param>
    /// <param name="hint">What else could be wrong, a sentence; empty for nothing.</param>
    /// <returns>The error, of kind <see cref="ReadErrorKind.MissingColumn"/>.</returns>
    public ReadException Missing(string source, IReadOnlyList<string> fields, string hint = "")
    {
        string[] names = [.. _asked.Where(_met.Contains), .. _extra];
        string has = names.Length == 0 ? "no fields at all"
            : string.Join(", ", names.Take(MostTold)) + (names.Length > MostTold ? $" and {names.Length - MostTold} more" : "");
        string missing = string.Join(", ", fields.Select(field => Meant(field) is { } meant ? $"'{field}' (did you mean '{meant}'?)" : $"'{field}'"));
        return new ReadException(
            ReadErrorKind.MissingColumn, source, _files, $"{_files}: no record has {missing}; the records have: {has}.{(hint.Length > 0 ? " " + hint : "")}")
        {
            Column = fields[0],
        };
    }
}
