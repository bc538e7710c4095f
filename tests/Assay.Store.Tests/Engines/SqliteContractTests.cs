namespace Assay.Store.Tests.Engines;

public sealed class SqliteContractTests : EngineContractTests
{
    private readonly FileDatabase _database = new(EngineKind.Sqlite, "assay.sqlite");

    /// <summary>Decimals are whole numbers of 64 bits there.</summary>
    protected override int MostDigits => 18;

    protected override EngineOptions NewDatabase() => _database.Options;

    protected override void Dispose(bool isDisposing) => _database.Dispose();
}
