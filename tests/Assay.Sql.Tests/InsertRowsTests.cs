using Assay.Data;

namespace Assay.Sql.Tests;

public sealed class InsertRowsTests
{
    private static InsertRows Two { get; } = new("kpi_revenue", ["position", "region", "revenue", "day"],
    [
        [SqlValue.Of(1), SqlValue.Of("North"), new SqlValue(ColumnType.Decimal(38, 2), 12_345), new SqlValue(ColumnType.Date, 19_782)],
        [SqlValue.Of(2), SqlValue.Null(ColumnType.String), new SqlValue(ColumnType.Decimal(38, 2), -5), SqlValue.Null(ColumnType.Date)],
    ]);

    [Fact]
    public void Render_WhenDuckDb_ThenRowsFollowOneAnother() => Assert.Equal(
        """
        INSERT INTO "kpi_revenue" ("position", "region", "revenue", "day")
        VALUES (CAST($1 AS BIGINT), CAST($2 AS VARCHAR), CAST($3 AS DECIMAL(5,2)), CAST($4 AS DATE)),
          (CAST($5 AS BIGINT), NULL, CAST($6 AS DECIMAL(2,2)), NULL)
        """,
        Rendered(DuckDbDialect.Instance));

    [Fact]
    public void Render_WhenPostgres_ThenRowsFollowOneAnother() => Assert.Equal(
        """
        INSERT INTO "kpi_revenue" ("position", "region", "revenue", "day")
        VALUES (CAST($1 AS bigint), CAST($2 AS text), CAST($3 AS numeric), CAST($4 AS date)),
          (CAST($5 AS bigint), NULL, CAST($6 AS numeric), NULL)
        """,
        Rendered(PostgresDialect.Instance));

    [Fact]
    public void Render_WhenMariaDb_ThenRowsFollowOneAnother() => Assert.Equal(
        """
        INSERT INTO `kpi_revenue` (`position`, `region`, `revenue`, `day`)
        VALUES (@p1, @p2, CAST(@p3 AS DECIMAL(5,2)), CAST(@p4 AS DATE)),
          (@p5, NULL, CAST(@p6 AS DECIMAL(2,2)), NULL)
        """,
        Rendered(MySqlDialect.MariaDb));

    [Fact]
    public void Render_WhenSqlite_ThenRowsFollowOneAnother() => Assert.Equal(
        """
        INSERT INTO "kpi_revenue" ("position", "region", "revenue", "day")
        VALUES (?1, ?2, ?3, ?4),
          (?5, NULL, ?6, NULL)
        """,
        Rendered(SqliteDialect.Instance));

    [Fact]
    public void Render_WhenRowsHaveValues_ThenTheyAreParametersInOrder() => Assert.Equal(
        ["1", "North", "123.45", "2024-02-29", "2", "-0.05"],
        PostgresDialect.Instance.Render(Two).Parameters.Select(value => $"{PostgresDialect.Instance.Parameter(value)}"));

    [Fact]
    public void Script_WhenShown_ThenValuesStandInIt() => Assert.Equal(
        """
        INSERT INTO "kpi_revenue" ("position", "region", "revenue", "day")
        VALUES (1, 'North', 123.45, DATE '2024-02-29'),
          (2, NULL, -0.05, NULL)
        """,
        PostgresDialect.Instance.Script(Two));

    private static string Rendered(SqlDialect dialect) => dialect.Render(Two).Text;
}
