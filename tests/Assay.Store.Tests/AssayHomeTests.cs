namespace Assay.Store.Tests;

public class AssayHomeTests
{
    private readonly AssayHome _home = new("/srv/assay");

    [Fact]
    public void Folders_WhenAsked_ThenAreLaidOutByKind()
    {
        Assert.Equal("/srv/assay/gold/shop", _home.Gold("shop"));
        Assert.Equal("/srv/assay/quarantine/orders", _home.Quarantine("orders"));
        Assert.Equal("/srv/assay/runs/r1", _home.Run("r1"));
        Assert.Equal("/srv/assay/runs/r1/manifest.json", RunManifest.PathOf(_home, "r1"));
    }

    [Fact]
    public void Root_WhenRelative_ThenIsSeenFromTheWorkingDirectory() =>
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "data"), new AssayHome("data").Root);

    [Fact]
    public void FromEnvironment_WhenTheVariableIsSet_ThenItNamesTheRoot()
    {
        string? before = Environment.GetEnvironmentVariable(AssayHome.Variable);
        try
        {
            Environment.SetEnvironmentVariable(AssayHome.Variable, "/srv/elsewhere");
            Assert.Equal("/srv/elsewhere", AssayHome.FromEnvironment().Root);
            Environment.SetEnvironmentVariable(AssayHome.Variable, "");
            Assert.Equal(Path.GetFullPath("data"), AssayHome.FromEnvironment().Root);
        }
        finally
        {
            Environment.SetEnvironmentVariable(AssayHome.Variable, before);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("current")]
    [InlineData("nul\0")]
    public void Folders_WhenANameWouldLeadElsewhere_ThenItIsRefused(string name)
    {
        Assert.Throws<ArgumentException>(() => _home.Gold(name));
        Assert.Throws<ArgumentException>(() => _home.Quarantine(name));
        Assert.Throws<ArgumentException>(() => _home.Run(name));
    }
}
