namespace Assay.Store.Tests.Engines;

[NeedsServer(EngineKind.Postgres)]
public sealed class PostgresCrashTests() : ServerCrashTests(EngineKind.Postgres);
