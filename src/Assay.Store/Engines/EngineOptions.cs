namespace Assay.Store;

/// <summary>A database and how it is used.</summary>
public sealed record EngineOptions
{
    /// <summary>Which database.</summary>
    public required EngineKind Kind { get; init; }

    /// <summary>A connection string as the database's .NET driver takes it; for DuckDB and SQLite a file's path. Never shown.</summary>
    public required string Connection { get; init; }

    /// <summary>How long a statement may take: long enough to load and index a large table, short enough to end one day.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How often a step is tried again after a failure that may pass, such as a deadlock or a lost connection.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>How many threads DuckDB's queries use; 0 is one for each core. Servers decide it themselves.</summary>
    public int Threads { get; init; }

    /// <summary>The bytes that DuckDB holds in memory before it writes intermediate results beside its file; 0 is its own
    /// default, 80 % of the machine's memory.</summary>
    public long MemoryLimit { get; init; }

    /// <summary>Is told what a person should know, such as that another run is waited for.</summary>
    public Action<string> Notify { get; init; } = _ => { };

    /// <summary>Tells the time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
