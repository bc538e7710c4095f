namespace Assay.Store.Tests.Engines;

[NeedsServer(EngineKind.Postgres)]
public sealed class PostgresContractTests : EngineContractTests
{
    private readonly PostgresDatabase _database = new();

    protected override bool HoldsNul => false;

    protected override EngineOptions NewDatabase() => _database.Options;

    protected override void Dispose(bool isDisposing) => _database.Dispose();
}
