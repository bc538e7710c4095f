using Assay.Data;

namespace Assay.Read;

/// <summary>Numbers the records, and follows each file from block to block: which columns it has, and where it breaks off.</summary>
internal sealed class JsonLedger(string source, IReadOnlyList<string> files, IReadOnlyList<string> columns, JsonOptions options) : RowLedger
{
    private readonly string _source = source;
    private readonly IReadOnlyList<string> _files = files;
    private readonly IReadOnlyList<string> _columns = columns;
    private readonly List<IncompleteFile> _incomplete = [];
    private readonly bool[] _met = new bool[columns.Count];
    private readonly ExtraNames _extra = new(options.KnownFields.Select(path => FieldPath.Parse(path)[0]), options.UnknownFields == UnknownFields.Count);
    private readonly bool _requiresColumns = options.RequireColumns;
    private TextPlace _place;
    private long _objects;
    private int _broken = -1;

    /// <summary>The top-level names that were not asked for.</summary>
    public IReadOnlyList<string> Extra => _extra.List;

    /// <summary>Those of them that are not known.</summary>
    public IReadOnlyList<ExtraField> Unknown => _extra.Unknown;

    /// <summary>The files that broke off.</summary>
    public IReadOnlyList<IncompleteFile> Incomplete
    {
        get
        {
            lock (_incomplete)
            {
                return [.. _incomplete];
            }
        }
    }

    /// <summary>The last file that is known to break off, -1 for none. Readable from any thread.</summary>
    public int Broken => Volatile.Read(ref _broken);

    /// <inheritdoc/>
    public override void Reset()
    {
        base.Reset();
        lock (_incomplete)
        {
            _incomplete.Clear();
        }

        Volatile.Write(ref _broken, -1);
        _extra.EndCount();
        EndFile();
    }

    /// <inheritdoc/>
    protected override void Count(Entry ready)
    {
        var entry = (JsonEntry)ready;
        entry.IsVoid = entry.File == _broken;
        if (entry.IsVoid)
        {
            entry.Rows = 0;
        }
        else
        {
            Put(entry);
        }

        if (entry.IsFinal)
        {
            EndFile();
        }
    }

    private void Put(JsonEntry entry)
    {
        _place = _place.Then(entry.Before).Then(entry.Block);
        _objects += entry.Objects;
        _extra.Add(entry.Names, entry.NameRows, entry.File, FirstRow);
        _extra.Count(entry.Unknown);
        for (int column = 0; column < _met.Length; column++)
        {
            _met[column] |= entry.Met[column];
        }

        if (entry.Reason is not null)
        {
            lock (_incomplete)
            {
                _incomplete.Add(new IncompleteFile(
                    entry.File, _place.Lines + 1, _place.Characters + 1, entry.Offset, entry.Reason));
            }

            Volatile.Write(ref _broken, entry.File);
        }
        else if (_requiresColumns && entry.IsFinal && _objects > 0 && _met.Contains(false))
        {
            throw Missing(_files[entry.File]);
        }
    }

    private void EndFile()
    {
        _met.AsSpan().Clear();
        _objects = 0;
        _place = default;
    }

    private ReadException Missing(string file)
    {
        const int Most = 30;
        string[] missing = [.. _columns.Where((_, column) => !_met[column])];
        IEnumerable<string> told = missing.Select(column => DidYouMean.Nearest(column, Extra) is { } close
            ? $"'{column}' (did you mean '{close}'?)"
            : $"'{column}'");
        string[] names = [.. _columns.Where((_, column) => _met[column]), .. Extra];
        string has = names.Length == 0 ? "no fields at all"
            : string.Join(", ", names.Take(Most)) + (names.Length > Most ? $" and {names.Length - Most} more" : "");
        string hint = _objects == 1
            ? " The file has a single record: if a list inside it has the records, give the path to the list as `record`."
            : "";
        return new ReadException(
            ReadErrorKind.MissingColumn, _source, file, $"{file}: no record has {string.Join(", ", told)}; the records have: {has}.{hint}")
        {
            Column = missing[0],
        };
    }
}
