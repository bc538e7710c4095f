namespace Assay.Store.Tests.Engines;

public sealed class DuckDbContractTests : EngineContractTests
{
    private readonly FileDatabase _database = new(EngineKind.DuckDb, "assay.duckdb");

    protected override bool ChecksReferences => false;

    protected override EngineOptions NewDatabase() => _database.Options;

    protected override void Dispose(bool isDisposing) => _database.Dispose();
}
