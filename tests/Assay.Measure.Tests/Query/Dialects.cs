using Assay.Sql;

namespace Assay.Measure.Tests.Query;

/// <summary>The dialects that KPIs are written in.</summary>
internal static class Dialects
{
    public static SqlDialect DuckDb => DuckDbDialect.Instance;

    public static SqlDialect Sqlite => SqliteDialect.Instance;

    public static IReadOnlyList<SqlDialect> All { get; } = [DuckDb, PostgresDialect.Instance, MySqlDialect.MariaDb, Sqlite];
}
