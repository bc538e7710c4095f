using Assay.Sql;

namespace Assay.Store.Tests.Engines;

[NeedsServer(EngineKind.MySql)]
public sealed class MySqlContractTests : EngineContractTests
{
    private readonly MySqlDatabase _database = new();

    /// <summary>Names are of Unicode's first 65,536 characters there.</summary>
    protected override bool CanName(string name) => !name.Any(char.IsSurrogate);

    protected override EngineOptions NewDatabase() => _database.Options;

    protected override void Dispose(bool isDisposing) => _database.Dispose();

    [EngineFact]
    public void Publish_WhenTheRunEndsRightAfterTheCommit_ThenTheNextSessionPutsTheTableInPlace()
    {
        using (EngineSession session = Open())
        {
            Publish(session, "run-1", Revenue);
            EngineGold.Prepare(session, [(Changed.Name, Changed.Schema)]);
            session.Begin();
            EngineGold.Publish(session, "shop", "run-2", At, "{}", [Changed]);
            ((AdoSession)session).Execute(new SqlText("COMMIT", []), default);
        }

        using EngineSession next = Open();
        Assert.Equal("1|North|5", Rows(next, EngineGold.TableOf("revenue", Changed.Schema)));
        Assert.Equal(["run-2"], EngineRows.All(next, OwnTables.Summary).Select(row => row[2]));
        Assert.Empty(next.ColumnsOf("kpi_revenue__staging", default));
        Assert.Empty(EngineParts.Read(next, "kpi_revenue"));
    }
}
