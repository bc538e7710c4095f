namespace Assay.Store.Tests.Engines;

public sealed class DuckDbContractTests : EngineContractTests
{
    private readonly FileDatabase _database = new(EngineKind.DuckDb, "assay.duckdb");

    protected override bool ChecksReferences => false;

    /// <summary>Its files are open in one program at a time.</summary>
    protected override bool ReadsBesideRuns => false;

    protected override EngineOptions NewDatabase() => _database.Options;

    protected override void Dispose(bool isDisposing) => _database.Dispose();
}
