using Xunit.Abstractions;
using Xunit.Sdk;

namespace Assay.Store.Tests.Engines;

/// <summary>Lists the tests of <see cref="EngineTheoryAttribute"/>.</summary>
internal sealed class EngineTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        ServerlessTestCase.ReasonOf(testMethod) is null
            ? base.Discover(discoveryOptions, testMethod, factAttribute)
            : [new ServerlessTestCase(DiagnosticMessageSink, discoveryOptions, testMethod)];
}
