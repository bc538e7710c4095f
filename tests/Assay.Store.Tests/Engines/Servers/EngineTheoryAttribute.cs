using Xunit.Sdk;

namespace Assay.Store.Tests.Engines;

/// <summary>A theory that is skipped where its class needs a server and there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Assay.Store.Tests.Engines.EngineTheoryDiscoverer", TestAssembly.Name)]
public sealed class EngineTheoryAttribute : TheoryAttribute;
