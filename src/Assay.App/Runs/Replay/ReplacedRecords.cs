using Assay.Store;

namespace Assay.App.Runs;

/// <summary>
/// Which records of a source were replayed, and by what: a replayed record is void, and the row of the replay's file
/// stands for it, until that is replayed in turn. It follows from the files in bronze alone, so that silver can be
/// rebuilt from them.
/// </summary>
internal sealed class ReplacedRecords
{
    private static readonly HashSet<long> None = [];

    private readonly Dictionary<RecordId, RecordId> _by = [];
    private readonly Dictionary<string, HashSet<long>> _ofFile = new(StringComparer.Ordinal);

    private ReplacedRecords()
    {
    }

    /// <summary>Reads what was replayed.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="source">The source.</param>
    /// <param name="loaded">Its files, in the order that they were loaded in.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The records.</returns>
    /// <exception cref="StoreException">A manifest cannot be read.</exception>
    public static ReplacedRecords Of(AssayHome home, string source, IReadOnlyList<LoadedFile> loaded, CancellationToken cancellationToken)
    {
        LoadedFile[] replays = [.. loaded.Where(file => file.Format == ReplayFile.Format && file.BronzePath is not null)];
        var replaced = new ReplacedRecords();
        if (replays.Length == 0)
        {
            return replaced;
        }

        var names = new BronzeNames(home, source);
        foreach (LoadedFile file in replays)
        {
            foreach (ReplayRow row in ReplayFile.Rows(Path.Combine(home.Root, file.BronzePath!), file.Name, cancellationToken))
            {
                if (row.Record is { } record && names.Find(record.RunId, record.File) is { } named)
                {
                    replaced.Replace(new RecordId(named.Manifest.Sha256, record.Row), new RecordId(file.Sha256, row.Number));
                }
            }
        }

        return replaced;
    }

    /// <summary>The record that stands for another today: itself, unless it was replayed.</summary>
    public RecordId Current(RecordId record)
    {
        while (_by.TryGetValue(record, out RecordId next))
        {
            record = next;
        }

        return record;
    }

    /// <summary>The records of a file that others stand for.</summary>
    public IReadOnlySet<long> Of(LoadedFile file) => _ofFile.GetValueOrDefault(file.Sha256, None);

    /// <summary>Lets a row of a replay stand for a record. A second row of the same file for it is a row of its own: somebody made two of one.</summary>
    private void Replace(RecordId record, RecordId by)
    {
        RecordId current = Current(record);
        if (current.Sha256 == by.Sha256)
        {
            return;
        }

        _by[current] = by;
        if (!_ofFile.TryGetValue(current.Sha256, out HashSet<long>? rows))
        {
            _ofFile[current.Sha256] = rows = [];
        }

        rows.Add(current.Row);
    }
}
