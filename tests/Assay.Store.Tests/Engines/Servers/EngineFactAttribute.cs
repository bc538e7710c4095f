using Xunit.Sdk;

namespace Assay.Store.Tests.Engines;

/// <summary>A fact that is skipped where its class needs a server and there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Assay.Store.Tests.Engines.EngineFactDiscoverer", TestAssembly.Name)]
public sealed class EngineFactAttribute : FactAttribute;
