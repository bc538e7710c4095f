namespace Assay.Store;

/// <summary>A run as a database's <c>pipeline_runs</c> has it.</summary>
public sealed record EngineRun
{
    /// <summary>The run's name.</summary>
    public required string RunId { get; init; }

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The name of the engine, such as <c>postgres</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>When it started; kept as UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it ended; kept as UTC.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>How it ended.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>What became of the rows that it read; null when it did not come so far.</summary>
    public RunBooks? Books { get; init; }
}
