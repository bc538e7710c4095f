using Assay.App.Engines;
using Assay.App.Runs;
using Assay.Store;
using Assay.Store.Tests.Engines;

namespace Assay.App.Tests.Engines;

/// <summary>What runs on servers do, whose connections may be lost.</summary>
public abstract class ServerRunTests : EngineRunTests
{
    private protected abstract ServerDatabase Database { get; }

    private protected override string? Connection => Database.Connection;

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        Database.Dispose();
    }

    [EngineFact]
    public void Run_WhenTheConnectionIsEndedBeforeTheResultsArePublished_ThenDoesTheTransactionAgain()
    {
        var notes = new List<string>();
        var progress = new RunProgress { Notify = notes.Add };
        var time = new InterruptingTime(progress, $"{Choice.Dialect.Title}: ", Database.KillSessions);

        RunOutcome outcome = Sales(Choice, progress, time);

        Assert.True(time.HasInterrupted);
        Assert.Contains(notes, note => note.EndsWith("trying again in 0.2 s (1 of 3)", StringComparison.Ordinal));
        Assert.Equal(Results(Sales(EngineChoice.Memory)), Results(outcome));
        Assert.Single(outcome.Database!.Loads);
        using EngineSession session = Open("sales");
        Assert.Equal(outcome.Books.Accepted, Count(session, "sales"));
        Assert.Equal(outcome.Results.Count, Count(session, "kpi_summary"));
    }

    /// <summary>Tells the time, and does something when it is asked for it first while the database computes or has computed KPIs.</summary>
    private sealed class InterruptingTime(RunProgress progress, string stage, Action interrupt) : TimeProvider
    {
        public bool HasInterrupted { get; private set; }

        public override DateTimeOffset GetUtcNow()
        {
            if (!HasInterrupted && progress.Stage.StartsWith(stage, StringComparison.Ordinal))
            {
                HasInterrupted = true;
                interrupt();
            }

            return base.GetUtcNow();
        }
    }
}

[NeedsServer(EngineKind.Postgres)]
public sealed class PostgresRunTests : ServerRunTests
{
    private protected override ServerDatabase Database { get; } = new PostgresDatabase();

    private protected override string Engine => "postgres";
}

[NeedsServer(EngineKind.MySql)]
public sealed class MySqlRunTests : ServerRunTests
{
    private protected override ServerDatabase Database { get; } = new MySqlDatabase();

    private protected override string Engine => "mysql";
}
