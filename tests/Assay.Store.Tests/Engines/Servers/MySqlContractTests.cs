namespace Assay.Store.Tests.Engines;

[NeedsServer(EngineKind.MySql)]
public sealed class MySqlContractTests : EngineContractTests
{
    private readonly MySqlDatabase _database = new();

    protected override EngineOptions NewDatabase() => _database.Options;

    protected override void Dispose(bool isDisposing) => _database.Dispose();
}
