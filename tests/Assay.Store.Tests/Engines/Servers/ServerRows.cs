using System.Globalization;
using Assay.Data;
using Assay.Sql;

namespace Assay.Store.Tests.Engines;

/// <summary>Many rows for the tests of servers.</summary>
internal static class ServerRows
{
    public static SqlTable Orders { get; } = new("orders", [
        new SqlColumn("order_id", ColumnType.String, IsRequired: true),
        new SqlColumn("total", ColumnType.Decimal(12, 2)),
    ])
    {
        Key = ["order_id"],
    };

    /// <summary>Without a key, a table is replaced as a whole.</summary>
    public static SqlTable Visits { get; } = Orders with { Name = "visits", Key = [] };

    public static string Id(int row) => string.Create(CultureInfo.InvariantCulture, $"order-{row:00000000}-of-the-shop");

    public static RowBatch Batch(SqlTable table, int first, int count) => EngineRows.Batch(
        EngineRows.SchemaOf(table), [.. Enumerable.Range(first, count).Select(row => new object?[] { Id(row), (Int128)row })]);

    public static TableStage Staged(EngineSession session, SqlTable table, int rows)
    {
        TableStage stage = session.Stage(table, EngineRows.SchemaOf(table));
        using RowWriter writer = stage.OpenWriter();
        writer.Add(Batch(table, 0, rows));
        Assert.Equal(rows, writer.Complete());
        return stage;
    }

    public static void Load(EngineSession session, SqlTable table, int rows, params IReadOnlyList<CreateIndex> indexes)
    {
        session.SetUp([table], indexes);
        TableStage stage = Staged(session, table, rows);
        session.InTransaction(() => session.Replace(stage));
    }

    public static long Count(EngineSession session, SqlTable table) => EngineRows.All(session, table, 2048).Count;
}
