using Assay.Store;

namespace Assay.App.Quarantine;

/// <summary>The rows of a table that one run set aside.</summary>
internal sealed class QuarantinedRun
{
    private readonly string _path;

    /// <param name="home">Where the data is kept.</param>
    /// <param name="table">The table.</param>
    /// <param name="runId">The run.</param>
    /// <param name="run">What is known about the run, or null.</param>
    /// <param name="standing">What its rows mean today.</param>
    /// <exception cref="StoreException">The list of its replayed rows cannot be read.</exception>
    public QuarantinedRun(AssayHome home, string table, string runId, RunManifest? run, QuarantineStanding standing)
    {
        _path = QuarantineFolder.PathOf(home, table, runId);
        Table = table;
        RunId = runId;
        Run = run;
        Standing = standing;
        Resolved = ResolvedRows.Load(home, table, runId);
    }

    /// <summary>The table.</summary>
    public string Table { get; }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>What is known about the run, or null.</summary>
    public RunManifest? Run { get; }

    /// <summary>What the rows mean today.</summary>
    public QuarantineStanding Standing { get; }

    /// <summary>The rows that were replayed since.</summary>
    public ResolvedRows Resolved { get; }

    /// <summary>All rows, in the order of the input, read from the file as they are asked for.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public IEnumerable<QuarantineRow> Rows => QuarantineFolder.Read(_path);

    /// <summary>The rows that were not replayed.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public IEnumerable<QuarantineRow> OpenRows => Rows.Where(row => Resolved.Count == 0 || Resolved.RunOf(row.File, row.Row) is null);
}
