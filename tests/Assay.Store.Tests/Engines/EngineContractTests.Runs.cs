namespace Assay.Store.Tests.Engines;

public abstract partial class EngineContractTests
{
    private static readonly EngineRun Run = new()
    {
        RunId = "run-1",
        Pipeline = "shop",
        Engine = "duckdb",
        Started = At,
        Finished = At.AddMilliseconds(61_250),
        Status = RunStatus.Completed,
        Books = new RunBooks(10, 7, 2, 1, 0),
    };

    [EngineFact]
    public void Runs_WhenWritten_ThenTheTableHasThem()
    {
        using EngineSession session = Open();
        session.SetUp([Orders], []);
        session.InTransaction(() => EngineRuns.Write(session, Run));
        EngineRuns.Write(session, Run with { RunId = "run-2", Status = RunStatus.ChecksFailed, Books = null });

        Assert.Equal(
            [
                "run-1|shop|duckdb|2024-05-06 05:08:09|2024-05-06 05:09:10.25|completed|10|7|2|61250",
                "run-2|shop|duckdb|2024-05-06 05:08:09|2024-05-06 05:09:10.25|checks_failed|null|null|null|61250",
            ],
            Rows(session, OwnTables.Runs).Split('\n').Order(StringComparer.Ordinal));
    }

    [EngineFact]
    public void Runs_WhenARunIsWrittenAgain_ThenItHasOneRow()
    {
        using EngineSession session = Open();
        session.SetUp([Orders], []);
        EngineRuns.Write(session, Run);
        EngineRuns.Write(session, Run with { Status = RunStatus.Failed });

        Assert.Equal(["failed"], EngineRows.All(session, OwnTables.Runs).Select(row => row[5]));
    }

    [EngineFact]
    public void Runs_WhenTheTransactionIsUndone_ThenSoIsTheRow()
    {
        using EngineSession session = Open();
        session.SetUp([Orders], []);
        session.Begin();
        EngineRuns.Write(session, Run);
        session.Rollback();

        Assert.Empty(EngineRows.All(session, OwnTables.Runs));
    }

    [EngineFact]
    public void Runs_WhenAnOwnersTablesAreDropped_ThenSoAreItsRunsAndNoOthers()
    {
        using (EngineSession shop = Open())
        {
            shop.SetUp([Orders], []);
            EngineRuns.Write(shop, Run);
        }

        using EngineSession airline = Open("airline");
        airline.SetUp([Orders with { Name = "flights" }], []);
        EngineRuns.Write(airline, Run with { RunId = "run-2", Pipeline = "airline" });

        EngineSchema.Drop(airline);

        Assert.Equal(["run-1"], EngineRows.All(airline, OwnTables.Runs).Select(row => row[0]));
    }
}
