using System.Data.Common;
using System.Globalization;
using Assay.Data;
using Assay.Sql;
using static Assay.Store.Tests.Engines.ServerRows;

namespace Assay.Store.Tests.Engines;

/// <summary>What happens when a server's connections are lost.</summary>
public abstract class ServerFaultTests : IDisposable
{
    private const int RowsPerBatch = 2000;
    private const int Batches = 150;

    private readonly Lazy<ServerDatabase> _database;

    private protected ServerFaultTests() => _database = new Lazy<ServerDatabase>(NewDatabase);

    private protected ServerDatabase Database => _database.Value;

    private List<string> Notes { get; } = [];

    public void Dispose()
    {
        if (_database.IsValueCreated)
        {
            Database.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    [EngineFact]
    public void Writer_WhenItsConnectionIsKilled_ThenSaysSoAndTheNextRunIsExact()
    {
        using var engine = Engine.Create(Database.Options);
        using (EngineSession session = engine.Open("shop"))
        {
            Load(session, Orders, 10);
            TableStage stage = session.Stage(Orders, EngineRows.SchemaOf(Orders));
            using RowWriter writer = stage.OpenWriter();
            EngineException e = Assert.Throws<EngineException>(() =>
            {
                for (int batch = 0; batch < Batches; batch++)
                {
                    writer.Add(Batch(Orders, batch * RowsPerBatch, RowsPerBatch));
                    if (batch == Batches / 3)
                    {
                        Database.KillWriters();
                    }
                }

                writer.Complete();
            });
            Assert.Contains("run again", e.Message, StringComparison.Ordinal);
        }

        using EngineSession next = engine.Open("shop");
        Assert.Equal(10, Count(next, Orders));
        Assert.Empty(next.ColumnsOf("orders__staging", default));
        Load(next, Orders, 5000);
        Assert.Equal(5000, Count(next, Orders));
    }

    [EngineTheory]
    [InlineData("orders")]
    [InlineData("visits")]
    public void InTransaction_WhenTheConnectionWasKilledBefore_ThenConnectsAgainAndIsExact(string name)
    {
        SqlTable table = name == "orders" ? Orders : Visits;
        using var engine = Engine.Create(Database.Options with { Notify = Notes.Add });
        using EngineSession session = engine.Open("shop");
        Load(session, table, 10);
        TableStage stage = Staged(session, table, 3000);
        Database.KillSessions();

        session.InTransaction(() => session.Replace(stage));

        Assert.Equal(3000, Count(session, table));
    }

    [EngineTheory]
    [InlineData("orders")]
    [InlineData("visits")]
    public void InTransaction_WhenTheConnectionIsKilledWithin_ThenDoesAllOfItAgain(string name)
    {
        SqlTable table = name == "orders" ? Orders : Visits;
        using var engine = Engine.Create(Database.Options with { Notify = Notes.Add });
        using EngineSession session = engine.Open("shop");
        Load(session, table, 10);
        TableStage stage = Staged(session, table, 3000);
        int attempts = 0;

        session.InTransaction(() =>
        {
            session.Replace(stage);
            if (attempts++ == 0)
            {
                Database.KillSessions();
            }

            Assert.Equal(3000, Count(session, table));
        });

        Assert.Equal(2, attempts);
        Assert.Contains(Notes, note => note.Contains("trying again", StringComparison.Ordinal));
        Assert.Equal(3000, Count(session, table));
        Assert.Empty(session.ColumnsOf($"assay_{name}__staging", default));
    }

    [EngineFact]
    public void InTransaction_WhenAnotherRunTookTheTurn_ThenSaysThatTheRowsAreGone()
    {
        using var engine = Engine.Create(Database.Options);
        using EngineSession session = engine.Open("shop");
        Load(session, Orders, 10);
        TableStage stage = Staged(session, Orders, 3000);
        Database.KillSessions();
        using (EngineSession other = engine.Open("shop"))
        {
            Assert.Equal(10, Count(other, Orders));
        }

        EngineException e = Assert.Throws<EngineException>(() => session.InTransaction(() => session.Replace(stage)));

        Assert.Contains("the connection was lost, and the rows for table `orders` with it, since another run took its turn or the server was started again; run again", e.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public void InTransaction_WhenTheConnectionWasLostAndStagedRowsWithIt_ThenSaysSo()
    {
        using var engine = Engine.Create(Database.Options);
        using EngineSession session = engine.Open("shop");
        Load(session, Orders, 10);
        TableStage stage = Staged(session, Orders, 3000);
        Database.KillSessions();

        // As a server that was started again after a crash leaves a table that it keeps no log of.
        Database.Run("DELETE FROM orders__staging");

        EngineException e = Assert.Throws<EngineException>(() => session.InTransaction(() => session.Replace(stage)));
        Assert.Contains("the rows for table `orders`", e.Message, StringComparison.Ordinal);
        Assert.Equal(10, Count(session, Orders));
    }

    [EngineFact]
    public void InTransaction_WhenADeadlockEndsIt_ThenDoesItAgain()
    {
        using var engine = Engine.Create(Database.Options with { Notify = Notes.Add });
        using EngineSession session = engine.Open("shop");
        Load(session, Orders, 100);
        using DbConnection other = Database.Open();
        YieldNever(other);
        ServerDatabase.Run(other, "BEGIN");
        ServerDatabase.Run(other, $"UPDATE orders SET total = 1 WHERE order_id > '{Id(7)}'");
        Task? blocked = null;
        int attempts = 0;

        session.InTransaction(() =>
        {
            Change(session, Id(7), 500);
            if (attempts++ == 0)
            {
                blocked = Task.Run(() =>
                {
                    ServerDatabase.Run(other, $"UPDATE orders SET total = 2 WHERE order_id = '{Id(7)}'");
                    ServerDatabase.Run(other, "COMMIT");
                });

                // Only once it waits for the row, the next change closes the circle.
                WaitUntil(WaitingStatements);
            }

            Change(session, Id(8), 600);
        });

        Assert.NotNull(blocked);
        Assert.True(blocked.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal(2, attempts);
        Assert.Contains("trying again", Assert.Single(Notes), StringComparison.Ordinal);
        Assert.Equal(1100m, Convert.ToDecimal(
            Database.Run($"SELECT sum(total) * 100 FROM orders WHERE order_id IN ('{Id(7)}', '{Id(8)}')"), CultureInfo.InvariantCulture));
    }

    private protected abstract ServerDatabase NewDatabase();

    /// <summary>Sees to it that the other transaction is the one that a deadlock ends.</summary>
    protected abstract void YieldNever(DbConnection other);

    /// <summary>How many statements of the database wait for others.</summary>
    private protected abstract string WaitingStatements { get; }

    /// <summary>Waits until a query counts something.</summary>
    private protected void WaitUntil(string counts) => Assert.True(
        SpinWait.SpinUntil(() => Convert.ToInt64(Database.Run(counts), CultureInfo.InvariantCulture) > 0, TimeSpan.FromSeconds(30)), counts);

    private static void Change(EngineSession session, string id, Int128 total) => session.Execute(new UpdateRows(
        "orders", "total", new SqlValue(ColumnType.Decimal(12, 2), total), SqlTerms.Equal(SqlTerms.Column(Orders, "order_id"), SqlValue.Of(id))));
}
