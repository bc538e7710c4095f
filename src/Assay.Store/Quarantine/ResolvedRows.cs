using Assay.Data;

namespace Assay.Store;

/// <summary>
/// The rows of a quarantine file that later runs replayed, kept beside it as <c>&lt;run-id&gt;.resolved.csv</c> with the
/// columns <c>file,row,run</c>. The quarantine file itself is never written again.
/// </summary>
public sealed class ResolvedRows
{
    private static readonly Schema Columns = new(
    [
        new Column("file", ColumnType.String),
        new Column("row", ColumnType.Integer),
        new Column("run", ColumnType.String),
    ]);

    private readonly List<(string File, long Row, string RunId)> _rows = [];
    private readonly Dictionary<(string File, long Row), string> _runs = [];
    private readonly AssayHome _home;
    private readonly string _path;

    private ResolvedRows(AssayHome home, string path)
    {
        _home = home;
        _path = path;
    }

    /// <summary>How many rows were replayed.</summary>
    public int Count => _rows.Count;

    /// <summary>How many rows each run replayed, by run, oldest first.</summary>
    public IReadOnlyList<(string RunId, long Rows)> Runs =>
        [.. _rows.GroupBy(row => row.RunId, StringComparer.Ordinal).OrderBy(run => run.Key, StringComparer.Ordinal).Select(run => (run.Key, (long)run.Count()))];

    /// <summary>Reads what was replayed of a run's rows.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="table">The table.</param>
    /// <param name="runId">The run that set them aside.</param>
    /// <returns>The rows; none when nothing was replayed.</returns>
    /// <exception cref="StoreException">The list cannot be read.</exception>
    public static ResolvedRows Load(AssayHome home, string table, string runId)
    {
        var resolved = new ResolvedRows(home, Path.Combine(home.Quarantine(table), AssayHome.Plain(runId) + QuarantineFolder.ResolvedSuffix));
        if (!File.Exists(resolved._path))
        {
            return resolved;
        }

        foreach (string[] fields in CsvRows.Read(resolved._path).Skip(1))
        {
            resolved.Add(
                fields[0],
                fields.Length == Columns.Columns.Count && QuarantineFolder.Number(fields[1]) is { } row
                    ? row
                    : throw new StoreException(resolved._path, $"{resolved._path} is not a list of replayed rows; something else than Assay has written to it"),
                fields[2]);
        }

        return resolved;
    }

    /// <summary>The run that replayed a row.</summary>
    /// <param name="file">The input file, as the quarantine names it.</param>
    /// <param name="row">The record's number in it.</param>
    /// <returns>The run, or null when the row was not replayed.</returns>
    public string? RunOf(string file, long row) => _runs.GetValueOrDefault((file, row));

    /// <summary>Adds rows that a run replays, and writes the list beside the one that readers see.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="runId">The run that replays them.</param>
    /// <returns>What puts the list in place, for the run's commit.</returns>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public PendingChange Stage(IEnumerable<(string File, long Row)> rows, string runId)
    {
        foreach ((string file, long row) in rows)
        {
            Add(file, row, runId);
        }

        // A list that its run did not come to commit is removed by the next that opens the quarantine.
        string staged = _path + QuarantineWriter.PartialSuffix;
        var table = new ResultTable("resolved", "Replayed rows", Columns, [.. _rows.Select(row => new object?[] { row.File, (Int128)row.Row, row.RunId })]);
        AtomicFile.Write(staged, output => CsvTable.Write(table, output));
        return PendingChange.Move(_home.Relative(staged), _home.Relative(_path));
    }

    private void Add(string file, long row, string runId)
    {
        _rows.Add((file, row, runId));
        _runs[(file, row)] = runId;
    }
}
