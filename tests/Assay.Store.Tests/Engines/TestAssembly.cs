namespace Assay.Store.Tests.Engines;

/// <summary>The assembly that these tests are in, for xunit, which looks for its types by name.</summary>
internal static class TestAssembly
{
    public const string Name = "Assay.Store.Tests";
}
