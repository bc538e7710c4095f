using Assay.Data;
using Assay.Sql;

namespace Assay.Store.Tests.Engines;

public abstract partial class EngineContractTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [EngineFact]
    public async Task Open_WhenAnotherSessionHasTheTurn_ThenWaitsAndSaysSo()
    {
        EngineSession first = Open();
        Load(first, Orders, Order("a", 1, 100));
        Task<string> second = Task.Run(() =>
        {
            using EngineSession session = Open();
            return Rows(session, Orders);
        });
        await Until(() => Notes.Count > 0);
        Assert.False(second.IsCompleted);
        Assert.Contains("wait", Notes[0], StringComparison.Ordinal);
        Load(first, Orders, Order("b", 2, 200));

        first.Dispose();

        Assert.Equal("b|2024-01-02|200", await second.WaitAsync(Patience));
    }

    [EngineFact]
    public async Task Open_WhenCancelledWhileItWaits_ThenEnds()
    {
        using EngineSession first = Open();
        using var cancellation = new CancellationTokenSource();
        Task second = Task.Run(() => Engine.Create(Options).Open("shop", cancellation.Token).Dispose());
        await Until(() => Notes.Count > 0);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Patience));
        Load(first, Orders, Order("a", 1, 100));
        Assert.Equal("a|2024-01-01|100", Rows(first, Orders));
    }

    [EngineFact]
    public void OpenForReading_WhenAnotherSessionHasTheTurn_ThenDoesNotWait()
    {
        using EngineSession first = Open();
        Load(first, Orders, Order("a", 1, 100));
        TableStage stage = Staged(first, Orders, Order("b", 2, 200));
        if (!ReadsBesideRuns)
        {
            EngineException e = Assert.Throws<EngineException>(() => Engine.Create(Options).OpenForReading());
            Assert.Contains("another run is using", e.Message, StringComparison.Ordinal);
            return;
        }

        first.Begin();
        first.Replace(stage);
        using (EngineSession reading = Engine.Create(Options).OpenForReading())
        {
            Assert.Equal("a|2024-01-01|100", Rows(reading, Orders));
        }

        first.Commit();
        Assert.Empty(Notes);
        Assert.Equal("b|2024-01-02|200", Rows(first, Orders));
    }

    [EngineFact]
    public void OpenForReading_WhenNobodyWrites_ThenReadsAndChangesNothing()
    {
        using (EngineSession first = Open())
        {
            Load(first, Orders, Order("a", 1, 100));
        }

        using (EngineSession reading = Engine.Create(Options).OpenForReading())
        {
            Assert.Throws<EngineException>(() => reading.Execute(new DeleteRows("orders")));
            Assert.Equal("a|2024-01-01|100", Rows(reading, Orders));
        }

        using EngineSession next = Open();
        Assert.Equal("a|2024-01-01|100", Rows(next, Orders));
    }

    [EngineFact]
    public async Task Query_WhenCancelled_ThenEndsAndTheSessionGoesOn()
    {
        using EngineSession session = Open();
        SelectStatement slow = Slow(session);
        using var cancellation = new CancellationTokenSource();
        Task running = Task.Run(() =>
        {
            using EngineReader reader = session.Query(slow, new TextPool(), cancellation.Token);
            reader.Read(new RowBatch(slow.Result, new TextPool()));
        });
        await Task.Delay(300);
        Assert.False(running.IsCompleted);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
        Assert.Equal(3000, Count(session, "a"));
    }

    [EngineFact]
    public void Query_WhenItTakesTooLong_ThenEndsAndSaysSo()
    {
        using EngineSession session = Engine.Create(Options with { CommandTimeout = TimeSpan.FromSeconds(5) }).Open("shop");
        SelectStatement slow = Slow(session);

        EngineException e = Assert.Throws<EngineException>(() => EngineRows.Read(session, slow));

        Assert.Contains("a statement took longer than 5 seconds and was ended", e.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public void Execute_WhenCancelledBefore_ThenDoesNothing()
    {
        using EngineSession session = Open();
        Load(session, Orders, Order("a", 1, 100));

        Assert.ThrowsAny<OperationCanceledException>(() => session.Execute(new DeleteRows("orders"), new CancellationToken(canceled: true)));
        Assert.Equal("a|2024-01-01|100", Rows(session, Orders));
    }

    [EngineFact]
    public void Writer_WhenCancelled_ThenEnds()
    {
        using EngineSession session = Open();
        session.SetUp([Orders], []);
        Schema schema = EngineRows.SchemaOf(Orders);
        using var cancellation = new CancellationTokenSource();
        TableStage stage = session.Stage(Orders, schema, cancellation.Token);
        using RowWriter writer = stage.OpenWriter();
        writer.Add(EngineRows.Batch(schema, Order("a", 1, 100)));

        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            writer.Add(EngineRows.Batch(schema, Order("b", 1, 100)));
            writer.Complete();
        });
    }

    [EngineFact]
    public void Query_WhenTheTableIsMissing_ThenSaysSo()
    {
        using EngineSession session = Open();

        EngineException e = Assert.Throws<EngineException>(() => Rows(session, Orders));

        Assert.Equal(session.Dialect.Name, e.Engine);
        Assert.Contains("orders", e.Message, StringComparison.Ordinal);
        Assert.False(e.IsTransient);
    }

    [EngineFact]
    public void Explain_WhenAsked_ThenTellsOfTheTable()
    {
        using EngineSession session = Open();
        Load(session, Orders, Order("a", 1, 100));

        Assert.Contains(session.Explain(Where(Orders, SqlTerms.Equal(SqlTerms.Column(Orders, "order_id"), SqlValue.Of("a")))),
            line => line.Contains("orders", StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(session.Version);
    }

    /// <summary>A query that no database answers within minutes: it counts 27 thousand million combinations.</summary>
    private static SelectStatement Slow(EngineSession session)
    {
        SqlTable[] tables = [.. new[] { "a", "b", "c" }.Select(name => new SqlTable(name, [new SqlColumn("n", ColumnType.Integer), new SqlColumn("m", ColumnType.Integer)]))];
        foreach (SqlTable table in tables)
        {
            Load(session, table, [.. Enumerable.Range(0, 3000).Select(i => new object?[] { (Int128)1, (Int128)i })]);
        }

        SqlExpression N(int table) => SqlTerms.Column(tables[table], "n", tables[table].Name);
        SqlExpression M(int table) => SqlTerms.Column(tables[table], "m", tables[table].Name);
        SqlExpression mixed = new SqlCall(ColumnType.Integer, SqlOperation.Add, [M(0), new SqlCall(ColumnType.Integer, SqlOperation.Add, [M(1), M(2)])]);
        return new SelectStatement
        {
            Columns = [new SelectColumn("most", new SqlAggregate(ColumnType.Integer, SqlAggregateFunction.Max, mixed))],
            From = new SqlSource("a"),
            Joins = [new LeftJoin("b", SqlTerms.Equal(N(0), N(1))), new LeftJoin("c", SqlTerms.Equal(N(1), N(2)))],
            GroupKeys = 0,
        };
    }

    private static async Task Until(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
