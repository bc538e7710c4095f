using System.Globalization;
using Assay.Data;
using Assay.Sql;

namespace Assay.Store.Tests.Engines;

public abstract partial class EngineContractTests
{
    private static SqlTable Keyless { get; } = new("visits", [new SqlColumn("page", ColumnType.String), new SqlColumn("visitor", ColumnType.Integer)]);

    [EngineTheory]
    [InlineData(1)]
    [InlineData(3)]
    public void Replace_WhenSeveralWritersStage_ThenHasEveryRowOnce(int writers)
    {
        using EngineSession session = Open();
        session.SetUp([Orders], []);
        Schema schema = EngineRows.SchemaOf(Orders);
        TableStage stage = session.Stage(Orders, schema);
        long[] written = new long[writers];

        Parallel.For(0, writers, worker =>
        {
            using RowWriter writer = stage.OpenWriter();
            for (int batch = 0; batch < 4; batch++)
            {
                writer.Add(EngineRows.Batch(schema, [.. Enumerable.Range(0, 1000).Select(row => Order(
                    string.Create(CultureInfo.InvariantCulture, $"{worker}-{batch}-{row:0000}"), 1 + (row % 28), row))]));
            }

            written[worker] = writer.Complete();
        });
        session.InTransaction(() => session.Replace(stage));

        Assert.All(written, rows => Assert.Equal(4000, rows));
        Assert.Equal(4000 * writers, Count(session, "orders"));
        Assert.Equal(4000 * writers, EngineRows.All(session, Orders, 500).Select(row => row[0]).Distinct().Count());
        Assert.Equal(4 * writers * 499_500, EngineRows.All(session, Orders, 500).Sum(row => (long)(Int128)row[2]!));
    }

    [EngineFact]
    public void Replace_WhenKeysAreThereAlready_ThenTheNewRowsAreTheOnlyOnes()
    {
        using EngineSession session = Open();
        Load(session, Orders, Order("a", 1, 100), Order("b", 2, 200));

        Load(session, Orders, Order("b", 3, 300), Order("c", 4, 400));

        Assert.Equal("b|2024-01-03|300\nc|2024-01-04|400", Rows(session, Orders));
    }

    [EngineFact]
    public void Replace_WhenTheTableHasNoKey_ThenKeepsEqualRows()
    {
        using EngineSession session = Open();
        Load(session, Keyless, ["home", (Int128)1], ["home", (Int128)1]);
        Load(session, Keyless, ["home", (Int128)2], ["home", (Int128)2], [null, null]);

        Assert.Equal("home|2\nhome|2\nnull|null", Rows(session, Keyless));
    }

    [EngineFact]
    public void Replace_WhenNothingIsStaged_ThenTheTableIsEmpty()
    {
        using EngineSession session = Open();
        Load(session, Orders, Order("a", 1, 100));
        Load(session, Orders);

        Assert.Equal("", Rows(session, Orders));
    }

    [EngineFact]
    public void Merge_WhenKeysAreThere_ThenReplacesTheirRowsAndLeavesOthers()
    {
        using EngineSession session = Open();
        Load(session, Orders, Order("a", 1, 100), Order("b", 2, 200));
        TableStage stage = Staged(session, Orders, Order("b", 3, 300), ["c", null, null]);

        session.InTransaction(() => session.Merge(stage, null));

        Assert.Equal("a|2024-01-01|100\nb|2024-01-03|300\nc|null|null", Rows(session, Orders));
    }

    [EngineFact]
    public void Merge_WhenARangeWasTouched_ThenItsOtherRowsGo()
    {
        using EngineSession session = Open();
        Load(session, Orders, Order("a", 1, 100), Order("b", 5, 200), Order("c", 6, 300), Order("d", 9, 400), ["e", null, (Int128)5]);
        TableStage stage = Staged(session, Orders, Order("b", 6, 201), Order("f", 5, 500));
        SqlExpression day = SqlTerms.Column(Orders, "day", "orders");
        SqlExpression touched = SqlTerms.All([
            new SqlCall(ColumnType.Boolean, SqlOperation.GreaterOrEqual, [day, SqlCells.Of(new DateOnly(2024, 1, 5), ColumnType.Date)]),
            new SqlCall(ColumnType.Boolean, SqlOperation.LessOrEqual, [day, SqlCells.Of(new DateOnly(2024, 1, 8), ColumnType.Date)])]);

        session.InTransaction(() => session.Merge(stage, touched));

        Assert.Equal("a|2024-01-01|100\nb|2024-01-06|201\nd|2024-01-09|400\ne|null|5\nf|2024-01-05|500", Rows(session, Orders));
    }

    [EngineFact]
    public void Merge_WhenNothingIsStaged_ThenOnlyTheTouchedRowsGo()
    {
        using EngineSession session = Open();
        Load(session, Orders, Order("a", 1, 100), Order("b", 5, 200));
        TableStage stage = Staged(session, Orders);

        session.InTransaction(() => session.Merge(
            stage, SqlTerms.Equal(SqlTerms.Column(Orders, "day", "orders"), SqlCells.Of(new DateOnly(2024, 1, 5), ColumnType.Date))));

        Assert.Equal("a|2024-01-01|100", Rows(session, Orders));
    }

    [EngineFact]
    public void Merge_WhenTheTableHasNoKey_ThenIsRefused()
    {
        using EngineSession session = Open();
        session.SetUp([Keyless], []);
        TableStage stage = Staged(session, Keyless);

        Assert.Throws<ArgumentException>(() => session.InTransaction(() => session.Merge(stage, null)));
    }

    [EngineFact]
    public void Complete_WhenAWriterEndsWithoutIt_ThenItsRowsDoNotCount()
    {
        using EngineSession session = Open();
        session.SetUp([Orders], []);
        Schema schema = EngineRows.SchemaOf(Orders);
        TableStage stage = session.Stage(Orders, schema);
        using (RowWriter complete = stage.OpenWriter())
        using (RowWriter broken = stage.OpenWriter())
        {
            broken.Add(EngineRows.Batch(schema, Order("a", 1, 100)));
            complete.Add(EngineRows.Batch(schema, Order("b", 2, 200)));
            broken.Add(EngineRows.Batch(schema, Order("c", 3, 300)));
            Assert.Equal(1, complete.Complete());
        }

        session.InTransaction(() => session.Replace(stage));

        Assert.Equal("b|2024-01-02|200", Rows(session, Orders));
    }

    [EngineFact]
    public void Replace_WhenAWriterIsStillAtWork_ThenIsRefused()
    {
        using EngineSession session = Open();
        session.SetUp([Orders], []);
        TableStage stage = session.Stage(Orders, EngineRows.SchemaOf(Orders));
        using RowWriter writer = stage.OpenWriter();

        Assert.Throws<InvalidOperationException>(() => session.InTransaction(() => session.Replace(stage)));
    }

    [EngineFact]
    public void Commit_WhenNotReached_ThenTheOldRowsStay()
    {
        using (EngineSession session = Open())
        {
            Load(session, Orders, Order("a", 1, 100));
            TableStage stage = Staged(session, Orders, Order("b", 2, 200));
            session.Begin();
            session.Replace(stage);
            Assert.Equal("b|2024-01-02|200", Rows(session, Orders));
        }

        using EngineSession next = Open();
        Assert.Equal("a|2024-01-01|100", Rows(next, Orders));
        Assert.Empty(next.ColumnsOf("orders__staging", default));
    }

    [EngineFact]
    public void Rollback_WhenCalled_ThenTheStagedRowsCanBeTakenAgain()
    {
        using EngineSession session = Open();
        Load(session, Orders, Order("a", 1, 100));
        TableStage stage = Staged(session, Orders, Order("b", 2, 200));
        session.Begin();
        session.Replace(stage);

        session.Rollback();

        Assert.False(session.IsInTransaction);
        Assert.Equal("a|2024-01-01|100", Rows(session, Orders));
        session.InTransaction(() => session.Merge(stage, null));
        Assert.Equal("a|2024-01-01|100\nb|2024-01-02|200", Rows(session, Orders));
    }

    [EngineFact]
    public void Dispose_WhenRowsAreOnlyStaged_ThenNothingIsLeftOfThem()
    {
        using (EngineSession session = Open())
        {
            Load(session, Orders, Order("a", 1, 100));
            Staged(session, Orders, Order("b", 2, 200));
        }

        using EngineSession next = Open();
        Assert.Equal("a|2024-01-01|100", Rows(next, Orders));
        Assert.Empty(next.ColumnsOf("orders__staging", default));
    }

    [EngineFact]
    public void Open_WhenAKilledSessionLeftStaging_ThenRemovesIt()
    {
        using (EngineSession session = Open())
        {
            Load(session, Orders, Order("a", 1, 100));
            session.Execute(TableStage.Definition(Orders, EngineRows.SchemaOf(Orders)) with { IfMissing = true });
            Assert.NotEmpty(session.ColumnsOf("orders__staging", default));
        }

        using EngineSession next = Open();
        Assert.Empty(next.ColumnsOf("orders__staging", default));
        Assert.Equal("a|2024-01-01|100", Rows(next, Orders));
    }

    private static long Count(EngineSession session, string table) => (long)(Int128)EngineRows.Read(session, new SelectStatement
    {
        Columns = [new SelectColumn("n", new SqlAggregate(ColumnType.Integer, SqlAggregateFunction.Count, null))],
        From = new SqlSource(table),
        GroupKeys = 0,
    })[0][0]!;
}
