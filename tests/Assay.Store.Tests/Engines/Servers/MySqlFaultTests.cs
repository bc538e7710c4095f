using System.Data.Common;
using MySql.Data.MySqlClient;

namespace Assay.Store.Tests.Engines;

[NeedsServer(EngineKind.MySql)]
public sealed class MySqlFaultTests : ServerFaultTests
{
    /// <summary>The driver gives its own statements, such as COMMIT, half a minute, or what the connection says.</summary>
    [EngineFact]
    public void Commit_WhenItTakesLongerThanTheConnectionAllows_ThenIsWaitedFor()
    {
        string hasty = new MySqlConnectionStringBuilder(Database.Connection) { DefaultCommandTimeout = 1 }.ConnectionString;
        using var engine = Engine.Create(Database.Options with { Connection = hasty });
        using EngineSession session = engine.Open("shop");
        ServerRows.Load(session, ServerRows.Orders, 10);
        TableStage stage = ServerRows.Staged(session, ServerRows.Orders, 20);
        session.Begin();
        session.Replace(stage);
        using DbConnection other = Database.Open();
        ServerDatabase.Run(other, "BACKUP STAGE START");
        ServerDatabase.Run(other, "BACKUP STAGE BLOCK_COMMIT");
        Task release = Task.Run(() =>
        {
            // The commit takes longer than the connection allows: three seconds from when the server has it.
            WaitUntil("SELECT count(*) FROM information_schema.processlist WHERE db = DATABASE() AND info = 'COMMIT' AND time_ms > 3000");
            ServerDatabase.Run(other, "BACKUP STAGE END");
        });

        session.Commit();

        Assert.True(release.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal(20, ServerRows.Count(session, ServerRows.Orders));
    }

    private protected override ServerDatabase NewDatabase() => new MySqlDatabase();

    /// <summary>Whoever waits for a row says no more than that it updates; a change of one row that takes a tenth of a second waits.</summary>
    private protected override string WaitingStatements =>
        "SELECT count(*) FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE 'UPDATE orders SET total = 2%' AND time_ms > 100";

    /// <summary>InnoDB ends the one that has changed less.</summary>
    protected override void YieldNever(DbConnection other)
    {
    }
}
