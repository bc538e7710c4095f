namespace Assay.Store.Tests;

public class StoreExceptionTests
{
    [Fact]
    public void For_WhenPermissionIsMissing_ThenSaysSo()
    {
        StoreException e = StoreException.For("/srv/gold", new UnauthorizedAccessException("denied"));

        Assert.Equal("/srv/gold", e.Path);
        Assert.StartsWith("no permission to write /srv/gold:", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void For_WhenTheFileSystemIsReadOnly_ThenSaysSo() =>
        Assert.StartsWith(
            "/srv/gold is on a read-only file system:",
            StoreException.For("/srv/gold", new IOException("Read-only file system", 30)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void For_WhenTheCauseIsAnother_ThenNamesIt()
    {
        var cause = new IOException("Input/output error", 5);

        StoreException e = StoreException.For("/srv/gold", cause);

        Assert.Equal("cannot write /srv/gold: Input/output error", e.Message);
        Assert.Same(cause, e.InnerException);
    }

    [Fact]
    public void Begin_WhenAFileIsInTheWay_ThenNamesThePath()
    {
        using var temporary = new TemporaryHome();
        Directory.CreateDirectory(temporary.Home.Root);
        File.WriteAllText(Path.Combine(temporary.Home.Root, "gold"), "");

        StoreException e = Assert.Throws<StoreException>(() => GoldStage.Begin(temporary.Home, "shop", "r1"));

        Assert.Equal(temporary.Home.Gold("shop"), e.Path);
    }
}
