namespace Assay.App.Tests.Engines;

public sealed class DuckDbRunTests : EngineRunTests
{
    private protected override string Engine => "duckdb";

    private protected override string? Connection => null;
}

public sealed class SqliteRunTests : EngineRunTests
{
    private protected override string Engine => "sqlite";

    private protected override string? Connection => null;
}
