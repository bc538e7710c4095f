using Xunit.Abstractions;
using Xunit.Sdk;

namespace Assay.Store.Tests.Engines;

/// <summary>A theory that is skipped where its class needs a server and there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Assay.Store.Tests.Engines.EngineTheoryDiscoverer", TestAssembly.Name)]
public sealed class EngineTheoryAttribute : TheoryAttribute;

internal sealed class EngineTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        ServerlessTestCase.ReasonOf(testMethod) is null
            ? base.Discover(discoveryOptions, testMethod, factAttribute)
            : [new ServerlessTestCase(DiagnosticMessageSink, discoveryOptions, testMethod)];
}
