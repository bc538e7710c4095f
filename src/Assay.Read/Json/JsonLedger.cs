namespace Assay.Read;

/// <summary>Numbers the records, and follows each file from block to block: which columns were met, and where it breaks off.</summary>
internal sealed class JsonLedger(IReadOnlyList<string> columns, JsonOptions options) : RowLedger
{
    private readonly IReadOnlyList<string> _columns = columns;
    private readonly List<IncompleteFile> _incomplete = [];
    private readonly bool[] _met = new bool[columns.Count];
    private readonly ExtraNames _extra = new(options.KnownFields.Select(path => FieldPath.Parse(path)[0]), options.UnknownFields == UnknownFields.Count);
    private TextPlace _place;
    private long _objects;
    private int _broken = -1;

    /// <summary>The top-level names that were not asked for.</summary>
    public IReadOnlyList<string> Extra => _extra.List;

    /// <summary>Those of them that are not known.</summary>
    public IReadOnlyList<ExtraField> Unknown => _extra.Unknown;

    /// <summary>The columns that some record had; null when there was no record. To be read when no worker reads on.</summary>
    public IReadOnlyList<string>? Met => _objects == 0 ? null : [.. _columns.Where((_, column) => _met[column])];

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
        _met.AsSpan().Clear();
        _objects = 0;
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
    }

    private void EndFile()
    {
        _place = default;
    }
}
