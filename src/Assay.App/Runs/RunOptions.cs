using Assay.Store;

namespace Assay.App.Runs;

/// <summary>How a run is to be done; what it computes is the pipeline's.</summary>
internal sealed record RunOptions
{
    /// <summary>Where data is kept.</summary>
    public required AssayHome Home { get; init; }

    /// <summary>The workers; as many as there are cores unless told otherwise.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The bytes a worker takes at a time; null leaves it to the reader.</summary>
    public int? BlockSize { get; init; }

    /// <summary>Whether to check everything and compute, but write nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Tells the time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where standard input comes from.</summary>
    public Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;
}
