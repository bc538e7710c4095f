namespace Assay.Store;

/// <summary>The databases that rows and results can be kept in.</summary>
public enum EngineKind
{
    /// <summary>A DuckDB file.</summary>
    DuckDb,

    /// <summary>A SQLite file.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server.</summary>
    Postgres,

    /// <summary>A MySQL or MariaDB server.</summary>
    MySql,
}
