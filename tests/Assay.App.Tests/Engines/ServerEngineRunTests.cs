using Assay.Store;
using Assay.Store.Tests.Engines;

namespace Assay.App.Tests.Engines;

[NeedsServer(EngineKind.Postgres)]
public sealed class PostgresRunTests : EngineRunTests
{
    private readonly PostgresDatabase _database = new();

    private protected override string Engine => "postgres";

    private protected override string? Connection => _database.Connection;

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        _database.Dispose();
    }
}

[NeedsServer(EngineKind.MySql)]
public sealed class MySqlRunTests : EngineRunTests
{
    private readonly MySqlDatabase _database = new();

    private protected override string Engine => "mysql";

    private protected override string? Connection => _database.Connection;

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        _database.Dispose();
    }
}
