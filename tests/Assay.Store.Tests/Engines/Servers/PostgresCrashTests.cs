namespace Assay.Store.Tests.Engines;

[NeedsServer(EngineKind.Postgres)]
public sealed class PostgresCrashTests() : ServerCrashTests(EngineKind.Postgres)
{
    protected override string ProcessFile => Path.Combine("data", "postmaster.pid");
}
