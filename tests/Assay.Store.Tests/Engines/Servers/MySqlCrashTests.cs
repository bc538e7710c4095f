namespace Assay.Store.Tests.Engines;

[NeedsServer(EngineKind.MySql)]
public sealed class MySqlCrashTests() : ServerCrashTests(EngineKind.MySql);
