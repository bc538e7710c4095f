namespace Assay;

/// <summary>How a pipeline is run; what it computes is the pipeline's. The defaults are those of <c>assay run</c>.</summary>
public sealed record AssayRunOptions
{
    /// <summary>The folder that data is kept in; null takes <c>ASSAY_HOME</c>, else <c>data</c> in the working directory.</summary>
    public string? Home { get; init; }

    /// <summary>How many threads work, from 1 to 256; as many as there are processors, unless told otherwise. Results do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The moment that windows such as the last 30 days end at; null takes the newest row's. One of kind UTC or local is
    /// brought to the pipeline's time zone, any other is in that zone already.</summary>
    public DateTime? AsOf { get; init; }

    /// <summary>Whether silver and gold are rebuilt from bronze by the rules of today.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>Whether what comes before the fault is taken of a document that breaks off. By default the run fails, as rows would be missing.</summary>
    public bool AllowPartial { get; init; }

    /// <summary>Whether everything is computed, but nothing written; only for pipelines that keep no silver.</summary>
    public bool DryRun { get; init; }

    /// <summary>The bytes that merging may hold in memory before it goes on on the disk; null takes a quarter of the machine's.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>Tells the time, of which runs are named and freshness is judged.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gives what a source with the path <c>-</c> reads; the process's standard input, unless told otherwise.</summary>
    public Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;
}
