using Assay.App.Engines;
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

    /// <summary>The last layer that the run changes.</summary>
    public Layer Until { get; init; } = Layer.Gold;

    /// <summary>The moment that the run looks back from, local to the pipeline's zone; null is the newest in the data.</summary>
    public DateTime? AsOf { get; init; }

    /// <summary>Whether silver is rebuilt from bronze.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>Whether what could be read of a damaged file is taken.</summary>
    public bool AllowPartial { get; init; }

    /// <summary>The bytes that merging may hold in memory before it spills to the disk; null is a quarter of the machine's.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>Whether the sources' files are left alone, and the results computed of what silver holds already.</summary>
    public bool TakesNoFiles { get; init; }

    /// <summary>The repaired rows to load instead of the sources' files, or null.</summary>
    public ReplayOptions? Replay { get; init; }

    /// <summary>What stands in for the APIs of all sources, or null to ask those themselves.</summary>
    public SimulatedApi? SimulatedApi { get; init; }

    /// <summary>What computes the KPIs.</summary>
    public EngineChoice Engine { get; init; } = EngineChoice.Memory;

    /// <summary>How databases are reached; needed when the engine is one.</summary>
    public EngineConnections? Connections { get; init; }

    /// <summary>Tells the time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where standard input comes from.</summary>
    public Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;
}
