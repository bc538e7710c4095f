using System.Data.Common;

namespace Assay.Store.Tests.Engines;

[NeedsServer(EngineKind.MySql)]
public sealed class MySqlFaultTests : ServerFaultTests
{
    private protected override ServerDatabase NewDatabase() => new MySqlDatabase();

    /// <summary>InnoDB ends the one that has changed less.</summary>
    protected override void YieldNever(DbConnection other)
    {
    }
}
