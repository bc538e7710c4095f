namespace Assay.Store.Tests.Engines;

[NeedsServer(EngineKind.MySql)]
public sealed class MySqlContractTests : EngineContractTests
{
    private readonly MySqlDatabase _database = new();

    /// <summary>Names are of Unicode's first 65,536 characters there.</summary>
    protected override bool CanName(string name) => !name.Any(char.IsSurrogate);

    protected override EngineOptions NewDatabase() => _database.Options;

    protected override void Dispose(bool isDisposing) => _database.Dispose();
}
