using Assay.Data;
using Assay.Sql;
using Assay.Store;

namespace Assay.App.Engines;

/// <summary>What computes the KPIs: Assay itself, in memory, or a database.</summary>
/// <param name="Name">Its name on the command line and in files.</param>
/// <param name="Title">Its name as people write it.</param>
/// <param name="Kind">The database; null for Assay's own engine.</param>
internal sealed record EngineChoice(string Name, string Title, EngineKind? Kind)
{
    /// <summary>Assay's own engine, which streams the rows and keeps none.</summary>
    public static EngineChoice Memory { get; } = new("memory", "Assay", null);

    /// <summary>All engines, in the order that they are told in.</summary>
    public static IReadOnlyList<EngineChoice> All { get; } =
    [
        Memory,
        new("duckdb", "DuckDB", EngineKind.DuckDb),
        new("sqlite", "SQLite", EngineKind.Sqlite),
        new("postgres", "PostgreSQL", EngineKind.Postgres),
        new("mysql", "MySQL or MariaDB", EngineKind.MySql),
    ];

    /// <summary>The names, for messages.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(engine => engine.Name));

    /// <summary>Finds an engine by its name; the products' other names count, too.</summary>
    /// <param name="name">The name, such as <c>postgres</c>; case does not matter.</param>
    /// <param name="engine">The engine.</param>
    /// <returns>False when there is none of that name.</returns>
    public static bool TryParse(string name, out EngineChoice engine)
    {
        string known = name.ToLowerInvariant() switch { "postgresql" => "postgres", "mariadb" => "mysql", var other => other };
        engine = All.FirstOrDefault(one => one.Name == known) ?? Memory;
        return engine.Name == known;
    }

    /// <summary>What to say of a name that is no engine's.</summary>
    public static string Unknown(string name) =>
        $"there is no engine `{name}`{(DidYouMean.Hint(name, All.Select(engine => engine.Name)) is { } hint ? $", {hint}" : "")}; the engines are {Names}";

    /// <summary>How statements are written for it.</summary>
    /// <exception cref="InvalidOperationException">It is Assay's own, which takes none.</exception>
    public SqlDialect Dialect => Kind switch
    {
        EngineKind.DuckDb => DuckDbDialect.Instance,
        EngineKind.Sqlite => SqliteDialect.Instance,
        EngineKind.Postgres => PostgresDialect.Instance,
        EngineKind.MySql => MySqlDialect.MariaDb,
        _ => throw new InvalidOperationException("Assay's own engine takes no SQL."),
    };
}
