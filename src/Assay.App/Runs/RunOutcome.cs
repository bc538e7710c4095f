using Assay.App.Engines;
using Assay.App.Pipelines;
using Assay.Measure;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>What a run came to.</summary>
internal sealed record RunOutcome
{
    /// <summary>The pipeline.</summary>
    public required PipelineDefinition Pipeline { get; init; }

    /// <summary>The run's name.</summary>
    public required string RunId { get; init; }

    /// <summary>Its tables, in the pipeline's order.</summary>
    public required IReadOnlyList<TableOutcome> Tables { get; init; }

    /// <summary>What its checks found, those that hold included, in the pipeline's order.</summary>
    public required IReadOnlyList<CheckFinding> Checks { get; init; }

    /// <summary>How good the run's data was.</summary>
    public RunScore Score => RunScore.Of(Books.Read, Books.Quarantined, Checks);

    /// <summary>What the checks find about all rows that the results stand for; null when those are the run's own.</summary>
    public IReadOnlyList<CheckFinding>? ResultChecks { get; init; }

    /// <summary>How good the data is that the results stand for: however it was shared out over runs, the same.</summary>
    public RunScore ResultScore => RunScore.Of(ResultBooks.Read, ResultBooks.Quarantined, ResultChecks ?? Checks);

    /// <summary>The checks that do not hold; those that are errors end the run before it publishes.</summary>
    public IEnumerable<CheckFinding> BrokenChecks => Checks.Where(finding => !finding.Holds);

    /// <summary>Its KPIs, in the pipeline's order.</summary>
    public required IReadOnlyList<KpiResult> Results { get; init; }

    /// <summary>The bytes read from the sources, uncompressed, each counted once.</summary>
    public required long Bytes { get; init; }

    /// <summary>How long reading, refining and measuring took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The batch that it brought; null when the pipeline keeps no silver.</summary>
    public long? Batch { get; init; }

    /// <summary>The moment that its KPIs look back from, when one of them does.</summary>
    public DateTime? AsOf { get; init; }

    /// <summary>How long its parts took; empty when there was only one.</summary>
    public IReadOnlyList<RunTiming> Timings { get; init; } = [];

    /// <summary>The files that it was given, those seen before too; empty when the pipeline keeps no silver.</summary>
    public IReadOnlyList<LandedFile> Given { get; init; } = [];

    /// <summary>By table, what became of all rows that silver is made from, those of earlier runs too; null when the pipeline keeps no silver.</summary>
    public IReadOnlyDictionary<string, RunBooks>? Cumulative { get; init; }

    /// <summary>By source, what it asked of APIs; empty when it asked none.</summary>
    public IReadOnlyDictionary<string, RunRequests> Requests { get; init; } = new Dictionary<string, RunRequests>();

    /// <summary>When it is a replay: how many records it took over from each earlier run.</summary>
    public IReadOnlyDictionary<string, long>? Replayed { get; init; }

    /// <summary>The books that its results stand for, by table: the run's own, or with silver those of all runs.</summary>
    public IReadOnlyList<(string Table, RunBooks Books)> TableBooks =>
        [.. Tables.Select(table => (table.Quality.Table, Cumulative?[table.Quality.Table] ?? table.Books))];

    /// <summary>The same of all tables together. A record that is a row of several tables counts in each.</summary>
    public RunBooks ResultBooks => Sum(TableBooks.Select(table => table.Books));

    /// <summary>The run's own books, of all tables together.</summary>
    public RunBooks Books => Sum(Tables.Select(table => table.Books));

    /// <summary>By source, the unknown fields of this run and of those before; empty when this one had none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> UnknownFields { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>By source, the unknown fields that no run before had.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> NewFields => Tables
        .SelectMany(table => table.UnknownFields.Where(unknown => unknown.IsNew).Select(unknown => (Source: table.Plan.Table.From, unknown.Name)))
        .Distinct()
        .GroupBy(unknown => unknown.Source, unknown => unknown.Name, StringComparer.Ordinal)
        .ToDictionary(source => source.Key, IReadOnlyList<string> (source) => [.. source], StringComparer.Ordinal);

    /// <summary>What is to be known of the database that took part; null when none did.</summary>
    public DatabaseNotes? Database { get; init; }

    /// <summary>Where the published results are; null when nothing was written.</summary>
    public string? GoldFolder { get; init; }

    /// <summary>Rows read a second.</summary>
    public double RowsPerSecond => Books.Read / Math.Max(Elapsed.TotalSeconds, 1e-6);

    /// <summary>Megabytes (of a million bytes) read a second.</summary>
    public double MegabytesPerSecond => Bytes / 1e6 / Math.Max(Elapsed.TotalSeconds, 1e-6);

    private static RunBooks Sum(IEnumerable<RunBooks> books) => books.Aggregate(
        new RunBooks(0, 0, 0, 0, 0),
        (sum, one) => new RunBooks(
            sum.Read + one.Read,
            sum.Accepted + one.Accepted,
            sum.Quarantined + one.Quarantined,
            sum.Deduplicated + one.Deduplicated,
            sum.Filtered + one.Filtered));
}
