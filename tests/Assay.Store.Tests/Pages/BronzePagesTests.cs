using System.Text;
using Assay.Store.Tests.State;

namespace Assay.Store.Tests.Pages;

public sealed class BronzePagesTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 3, 14);
    private static readonly byte[] Body = """{"data":[{"id":1}]}"""u8.ToArray();

    private readonly TemporaryHome _temporary = new();
    private readonly HashSet<string> _taken = [];

    private AssayHome Home => _temporary.Home;

    private string Folder => Path.Combine(Home.Bronze("people"), "2026-03-14");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Keep_WhenReadBack_ThenGivesTheBody()
    {
        var pages = new BronzePages(Home, "people");
        PageFile file = Keep(pages, "00001", Body);
        Assert.Equal("bronze/people/2026-03-14/page-00001.json.gz", file.BronzePath);
        Assert.Equal(["page-00001.json.gz"], TemporaryHome.Names(Folder));
        Assert.Equal(Body, Read(pages, file));
        Assert.True(pages.IsWhole(file));
        Assert.Equal(BronzeStore.Hash(Path.Combine(Home.Root, file.BronzePath)), file.Sha256);
    }

    [Fact]
    public void Keep_WhenTheBodyIsTheSame_ThenTheBytesAre()
    {
        PageFile file = Keep(new BronzePages(Home, "people"), "00001", Body);
        using var other = new TemporaryHome();
        Assert.Equal(file, new BronzePages(other.Home, "people").Keep(Day, "00001", "elsewhere", Body, _ => true));
        byte[] bytes = File.ReadAllBytes(Path.Combine(Home.Root, file.BronzePath));
        Assert.Equal([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255], bytes[..10]);
    }

    [Fact]
    public void Keep_WhenTheHashIsTaken_ThenMarksTheFileAndNotTheBody()
    {
        var pages = new BronzePages(Home, "people");
        PageFile[] files = [.. Enumerable.Range(1, 12).Select(i => Keep(pages, $"{i:00000}", Body))];
        Assert.Equal(12, files.Select(file => file.Sha256).Distinct().Count());
        Assert.All(files, file => Assert.Equal(Body, Read(pages, file)));
        Assert.All(files, file => Assert.True(pages.IsWhole(file)));
    }

    [Fact]
    public void Keep_WhenAnotherContentHasTheName_ThenTakesAnother()
    {
        var pages = new BronzePages(Home, "people");
        PageFile first = Keep(pages, "00001", Body);
        PageFile second = Keep(pages, "00001", "[]"u8.ToArray());
        Assert.Equal($"bronze/people/2026-03-14/{second.Sha256[..12]}-page-00001.json.gz", second.BronzePath);
        Assert.Equal(Body, Read(pages, first));
        Assert.Equal("[]", Encoding.UTF8.GetString(Read(pages, second)));

        // What a run wrote that was killed before it was noted is used again.
        _taken.Clear();
        Assert.Equal(first, Keep(pages, "00001", Body));
        Assert.Equal(2, TemporaryHome.Names(Folder).Length);
    }

    [Fact]
    public void IsWhole_WhenDamagedOrGone_ThenIsFalseUntilRestored()
    {
        var pages = new BronzePages(Home, "people");
        PageFile[] files = [.. Enumerable.Range(1, 3).Select(i => Keep(pages, $"{i:00000}", Body))];
        foreach (PageFile file in files)
        {
            string path = Path.Combine(Home.Root, file.BronzePath);
            byte[] bytes = File.ReadAllBytes(path);
            bytes[^9] ^= 1;
            File.WriteAllBytes(path, bytes);
            Assert.False(pages.IsWhole(file));
            File.Delete(path);
            Assert.False(pages.IsWhole(file));
            Assert.False(pages.Restore(file, "people", "[]"u8));
            Assert.True(pages.Restore(file, "people", Body));
            Assert.True(pages.IsWhole(file));
        }
    }

    [Fact]
    public void Complete_WhenPagesAreLoaded_ThenTheirManifestsLetThemBeRecovered()
    {
        var pages = new BronzePages(Home, "people");
        PageFile file = Keep(pages, "00001", Body);
        var loaded = new LoadedFile("people", file.Sha256, "https://api.example.com/people?page=1", file.Bytes, 1, file.BronzePath) { Format = "json" };
        pages.Complete([new LoadedPage(loaded, loaded.Name)], new BronzeBatch("shop", "r3", 3, Commits.At, Day));
        LoadedFile recovered = Assert.Single(new BronzeStore(Home).Recover("shop", "people"));
        Assert.Equal(loaded with { Batch = 3, RunId = "r3", LoadedAt = Commits.At }, recovered);
    }

    [Fact]
    public void Complete_WhenThereAreManyPages_ThenTheyAreRecoveredInTheirOrder()
    {
        const int Count = 1003;
        var pages = new BronzePages(Home, "people");
        LoadedFile[] loaded =
        [
            .. Enumerable.Range(1, Count).Select(page => Keep(pages, $"{page:00000}", Encoding.UTF8.GetBytes($"[{page}]")))
                .Select((file, i) => new LoadedFile("people", file.Sha256, $"people?page={i + 1}", file.Bytes, 1, file.BronzePath) { Format = "json" }),
        ];
        pages.Complete(
            LoadedPage.Pair(loaded, loaded.Select(file => (file.Sha256, file.Name))), new BronzeBatch("shop", "r3", 3, Commits.At, Day));

        IReadOnlyList<LoadedFile> recovered = new BronzeStore(Home).Recover("shop", "people");

        Assert.Equal(loaded.Select(file => file.Name), recovered.Select(file => file.Name));
    }

    [Fact]
    public void Pair_WhenWhatWasLoadedIsNotWhatWasFetched_ThenRefuses()
    {
        LoadedFile[] files = [.. Enumerable.Range(1, 3).Select(page => new LoadedFile("people", $"{page:x64}", $"people?page={page}", 9, 1, $"page-{page}"))];
        (string, string)[] pages = [.. files.Select(file => (file.Sha256, file.Name))];

        Assert.Equal(files, LoadedPage.Pair(files, pages).Select(page => page.File));
        Assert.Throws<InvalidOperationException>(() => LoadedPage.Pair(files, pages[..2]).Count());
        Assert.Throws<InvalidOperationException>(() => LoadedPage.Pair(files[..2], pages).Count());
        Assert.Throws<InvalidOperationException>(() => LoadedPage.Pair(files, pages.Reverse()).Count());
    }

    [Fact]
    public void Open_WhenARunWasKilledWhileItWrote_ThenRemovesWhatIsHalfDone()
    {
        PageFile file = Keep(new BronzePages(Home, "people"), "00001", Body);
        File.WriteAllText(Path.Combine(Folder, ".page-00002.json.gz.1-1.tmp"), "half");
        Assert.True(new BronzePages(Home, "people").IsWhole(file));
        Assert.Equal(["page-00001.json.gz"], TemporaryHome.Names(Folder));
    }

    [Fact]
    public void Prune_WhenPagesMayBeNeededAgain_ThenTheyStayThoughNoCommitHasThem()
    {
        using StateDatabase state = StateDatabase.Open(Home);
        using var notes = PageState.Open(Home);
        var pages = new BronzePages(Home, "people");
        PageFile known = Keep(pages, "00001", Body);
        PageFile forgotten = Keep(pages, "00002", "[]"u8.ToArray());
        notes.Keep(new PageOwner("shop", "people", "https://api.example.com/"), new StoredPage
        {
            Address = "people",
            Part = "00001",
            ContentHash = new string('a', 64),
            Bytes = Body.Length,
            Records = 1,
            Fetched = Commits.At,
            File = known,
            Extract = 1,
        });
        foreach (PageFile file in new[] { known, forgotten })
        {
            File.SetLastWriteTimeUtc(Path.Combine(Home.Root, file.BronzePath), Commits.At.UtcDateTime);
        }

        PrunedBronze pruned = new BronzeStore(Home).Prune(state, "shop", "people", TimeSpan.FromDays(1), Commits.At.AddDays(2));
        Assert.Equal(1, pruned.Orphans);
        Assert.Equal(["page-00001.json.gz"], TemporaryHome.Names(Folder));
    }

    private PageFile Keep(BronzePages pages, string part, byte[] body) => pages.Keep(Day, part, "people", body, _taken.Add);

    private static byte[] Read(BronzePages pages, PageFile file)
    {
        using Stream stream = pages.Open(file);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
