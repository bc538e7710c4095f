using Xunit.Abstractions;
using Xunit.Sdk;

namespace Assay.Store.Tests.Engines;

/// <summary>A fact that is skipped where its class needs a server and there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Assay.Store.Tests.Engines.EngineFactDiscoverer", TestAssembly.Name)]
public sealed class EngineFactAttribute : FactAttribute;

internal sealed class EngineFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        ServerlessTestCase.ReasonOf(testMethod) is null
            ? base.CreateTestCase(discoveryOptions, testMethod, factAttribute)
            : new ServerlessTestCase(DiagnosticMessageSink, discoveryOptions, testMethod);
}
