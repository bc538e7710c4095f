using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Store;

namespace Assay;

/// <summary>What a run of a pipeline came to.</summary>
public sealed class AssayRun
{
    internal AssayRun(RunOutcome outcome, IReadOnlyList<string> warnings)
    {
        RunId = outcome.RunId;
        Pipeline = outcome.Pipeline.Name;
        Kpis = outcome.Results.ToDictionary(result => result.Definition.Name, result => new AssayTable(result), StringComparer.Ordinal);
        Books = outcome.Tables.ToDictionary(table => table.Quality.Table, table => table.Books, StringComparer.Ordinal);
        CumulativeBooks = outcome.Cumulative ?? Books;
        Files = outcome.Given.Count > 0
            ? [.. outcome.Given.Select(file => new AssayFile(file.Origin, file.Bytes, file.Sha256, file.IsSeen))]
            : [.. RunInputs.Of(outcome.Tables).Select(input => new AssayFile(input.Path, input.Bytes, input.Sha256, input.Seen == true))];
        Checks = outcome.Checks;
        Score = outcome.Score.Value;
        QuarantineFiles = outcome.Tables.Where(table => table.QuarantineFile is not null)
            .ToDictionary(table => table.Quality.Table, table => table.QuarantineFile!, StringComparer.Ordinal);
        GoldFolder = outcome.GoldFolder;
        AsOf = outcome.AsOf;
        Elapsed = outcome.Elapsed;
        Warnings = [.. warnings, .. outcome.BrokenChecks.Select(broken => broken.ToString())];
    }

    /// <summary>The run's name, as <c>assay runs list</c> tells it.</summary>
    public string RunId { get; }

    /// <summary>The pipeline's name.</summary>
    public string Pipeline { get; }

    /// <summary>The results by their KPIs' names; none when the run ended before gold.</summary>
    public IReadOnlyDictionary<string, AssayTable> Kpis { get; }

    /// <summary>By table, what became of the rows that this run read.</summary>
    public IReadOnlyDictionary<string, RunBooks> Books { get; }

    /// <summary>By table, what became of all rows that the results stand for; where silver is kept, those of earlier runs too.</summary>
    public IReadOnlyDictionary<string, RunBooks> CumulativeBooks { get; }

    /// <summary>The files that it was given, those that it left out too.</summary>
    public IReadOnlyList<AssayFile> Files { get; }

    /// <summary>What the pipeline's checks found, those that hold included.</summary>
    public IReadOnlyList<CheckFinding> Checks { get; }

    /// <summary>How good the data that this run read was, from 0 to 100, by the formula in <c>summary.json</c>.</summary>
    public int Score { get; }

    /// <summary>By table, the full path of the file that holds the rows set aside; none where no row was.</summary>
    public IReadOnlyDictionary<string, string> QuarantineFiles { get; }

    /// <summary>The folder that the results were published to, a full path; null when none were.</summary>
    public string? GoldFolder { get; }

    /// <summary>The moment that windows such as the last 30 days ended at, in the pipeline's time zone; null without any.</summary>
    public DateTime? AsOf { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>What people are to know, in sentences, though the run went on: checks that only warn, and parts of files that were left out.</summary>
    public IReadOnlyList<string> Warnings { get; }
}
