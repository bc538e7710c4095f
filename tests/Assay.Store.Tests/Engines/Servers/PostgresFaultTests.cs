using System.Data.Common;

namespace Assay.Store.Tests.Engines;

[NeedsServer(EngineKind.Postgres)]
public sealed class PostgresFaultTests : ServerFaultTests
{
    private protected override ServerDatabase NewDatabase() => new PostgresDatabase();

    protected override void YieldNever(DbConnection other) => ServerDatabase.Run(other, "SET deadlock_timeout = '1h'");
}
