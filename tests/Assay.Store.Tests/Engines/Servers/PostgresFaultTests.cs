using System.Data.Common;

namespace Assay.Store.Tests.Engines;

[NeedsServer(EngineKind.Postgres)]
public sealed class PostgresFaultTests : ServerFaultTests
{
    private protected override ServerDatabase NewDatabase() => new PostgresDatabase();

    private protected override string WaitingStatements =>
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    protected override void YieldNever(DbConnection other) => ServerDatabase.Run(other, "SET deadlock_timeout = '1h'");

    [EngineFact]
    public void Merge_WhenAUsersOwnConstraintRefusesARow_ThenTheMessageNamesItAndShowsNothingOfTheRow()
    {
        using var engine = Engine.Create(Database.Options);
        using EngineSession session = engine.Open("shop");
        ServerRows.Load(session, ServerRows.Orders, 10);
        Database.Run("ALTER TABLE orders ADD CONSTRAINT only_small CHECK (order_id < 'order-00000100')");
        TableStage stage = ServerRows.Staged(session, ServerRows.Orders, 3000);

        EngineException e = Assert.Throws<EngineException>(() => session.InTransaction(() => session.Merge(stage, null)));

        Assert.Contains("only_small", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Failing row", e.ToString(), StringComparison.Ordinal);
    }
}
