using System.ComponentModel;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Assay.Store.Tests.Engines;

/// <summary>A test that is skipped, and says why: there is no server for it.</summary>
public sealed class ServerlessTestCase : XunitTestCase
{
    /// <summary>For xunit, which makes test cases anew from what it stored of them.</summary>
    [Obsolete("For xunit only.")]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ServerlessTestCase()
    {
    }

    internal ServerlessTestCase(IMessageSink diagnostics, ITestFrameworkDiscoveryOptions options, ITestMethod method)
        : base(diagnostics, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method)
    {
    }

    /// <summary>Why a test is skipped; null when it is not.</summary>
    internal static string? ReasonOf(ITestMethod method) =>
        method.TestClass.Class.ToRuntimeType().GetCustomAttribute<NeedsServerAttribute>() is { } needs
            ? TestServer.ReasonToSkip(needs.Kind)
            : null;

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        ReasonOf(TestMethod) ?? "needs a server, and there was none when the tests were listed";
}
