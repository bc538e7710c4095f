using Xunit.Abstractions;
using Xunit.Sdk;

namespace Assay.Store.Tests.Engines;

/// <summary>Lists the tests of <see cref="EngineFactAttribute"/>.</summary>
internal sealed class EngineFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    protected override IXunitTestCase CreateTestCase(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        ServerlessTestCase.ReasonOf(testMethod) is null
            ? base.CreateTestCase(discoveryOptions, testMethod, factAttribute)
            : new ServerlessTestCase(DiagnosticMessageSink, discoveryOptions, testMethod);
}
