using Assay.Store.Tests.State;

namespace Assay.Store.Tests.Pages;

public sealed class PageStateTests : IDisposable
{
    private static readonly PageOwner Owner = new("shop", "people", "https://api.example.com/");
    private static readonly DateOnly Day = new(2026, 3, 14);

    private readonly TemporaryHome _temporary = new();
    private readonly StateDatabase _state;
    private readonly PageState _pages;

    public PageStateTests()
    {
        _state = StateDatabase.Open(_temporary.Home);
        _pages = PageState.Open(_temporary.Home);
    }

    public void Dispose()
    {
        _pages.Dispose();
        _state.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public void Begin_WhenInterrupted_ThenGoesOnWithTheSameExtract()
    {
        PageExtract first = Begin();
        Assert.Equal((Day, Commits.At, null, null), (first.Day, first.Started, first.Watermark, first.Fetched));
        using var other = PageState.Open(_temporary.Home);
        Assert.Equal(first, other.Begin(Owner, Day.AddDays(1), Commits.At.AddHours(1), _ => false));
        Assert.Equal(first, other.Find(Owner));
        Assert.Null(other.Find(Owner with { Base = "simulated:" }));
    }

    [Fact]
    public void Begin_WhenTheUnfinishedOneIsOver_ThenItsPagesAreOfAnEarlierOne()
    {
        PageExtract first = Begin();
        _pages.Keep(Owner, Page("people?page=1", first.Id));
        _pages.Complete(first.Id, Commits.At.AddMinutes(1));
        PageExtract second = _pages.Begin(Owner, Day, Commits.At.AddHours(1), extract => extract.Fetched == Commits.At.AddMinutes(1));
        Assert.True(second.Id > first.Id);
        Assert.Null(second.Fetched);
        Assert.Equal(first.Id, _pages.Find(Owner, "people?page=1")!.Extract);
        Assert.Equal(0, _state.UnfinishedPages(Owner));
    }

    [Fact]
    public void Keep_WhenReadBack_ThenGivesAllThatIsKnown()
    {
        StoredPage page = Page("people?page=1", 7) with
        {
            Next = "people?page=2",
            Total = 12,
            Watermark = "2024-01-02",
            ETag = "\"x\"",
            LastModified = "Sat, 14 Mar 2026 09:26:53 GMT",
        };
        _pages.Keep(Owner, page);
        Assert.Equal(page, _pages.Find(Owner, "people?page=1"));
        Assert.Null(_pages.Find(Owner, "people?page=2"));
        Assert.Null(_pages.Find(Owner with { Base = "simulated:" }, "people?page=1"));
        Assert.Equal([page], Pages(Owner));
    }

    [Fact]
    public void Keep_WhenThePageWasThere_ThenLeavesWhatSilverHas()
    {
        PageExtract extract = Begin();
        _pages.Keep(Owner, Page("people?page=1", extract.Id));
        Commit(1, extract, "2024-05-01");
        StoredPage loaded = _pages.Find(Owner, "people?page=1")!;
        Assert.True(loaded.IsLoaded);

        _pages.Keep(Owner, Page("people?page=1", extract.Id + 1) with { ContentHash = new string('b', 64), LoadedHash = new string('b', 64) });
        StoredPage changed = _pages.Find(Owner, "people?page=1")!;
        Assert.False(changed.IsLoaded);
        Assert.Equal(loaded.ContentHash, changed.LoadedHash);
    }

    [Fact]
    public void Keep_WhenFromSeveralThreads_ThenLosesNone()
    {
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            _pages.Keep(Owner, Page($"people?page={i}", 1) with { Part = $"{i:00000}" });
            Assert.NotNull(_pages.Find(Owner, $"people?page={i}"));
        });
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"people?page={i}"), Pages(Owner).Select(page => page.Address));
    }

    [Fact]
    public void Commit_WhenAnExtractEnds_ThenTheWatermarkMovesAndTheNextOneBeginsWithIt()
    {
        PageExtract extract = Begin();
        _pages.Keep(Owner, Page("people?page=1", extract.Id));
        Assert.Equal(1, _state.UnfinishedPages(Owner));
        Assert.Null(_pages.Watermark(Owner));
        Commit(1, extract, "2024-05-01");
        Assert.Equal("2024-05-01", _pages.Watermark(Owner));
        Assert.Null(_pages.Find(Owner));

        PageExtract second = Begin();
        Assert.Equal("2024-05-01", second.Watermark);
        Commit(2, second, null);
        Assert.Equal("2024-05-01", _pages.Watermark(Owner));
        Assert.Single(Pages(Owner));
    }

    [Fact]
    public void Commit_WhenAnExtractForgetsOthers_ThenItsOwnPagesStay()
    {
        PageExtract first = Begin();
        _pages.Keep(Owner, Page("people?since=1", first.Id));
        Commit(1, first, "2");
        PageExtract second = Begin();
        _pages.Keep(Owner, Page("people?since=2", second.Id));
        _state.Commit(Commits.Load(2) with { Extracts = [new FinishedExtract(Owner, second.Id, "3") { ForgetsOthers = true }] });
        Assert.Equal(["people?since=2"], Pages(Owner).Select(page => page.Address));
    }

    [Fact]
    public void Commit_WhenABaseIsForgotten_ThenNothingIsLeftOfItAlone()
    {
        PageOwner invented = Owner with { Base = "simulated:" };
        PageExtract extract = _pages.Begin(invented, Day, Commits.At, _ => false);
        _pages.Keep(invented, Page("people?page=1", extract.Id));
        _pages.Keep(Owner, Page("people?page=1", 99));
        _state.Commit(Commits.Load(1) with { Extracts = [new FinishedExtract(invented, extract.Id, "1")] });
        _state.Commit(Commits.Load(2) with { ForgottenBases = ["simulated:"] });
        Assert.Empty(Pages(invented));
        Assert.Null(_pages.Watermark(invented));
        Assert.Single(Pages(Owner));
    }

    [Fact]
    public void Commit_WhenTheExtractIsAnothersByNow_ThenIsRefusedAsAWhole()
    {
        PageExtract first = Begin();
        _pages.Begin(Owner, Day, Commits.At, _ => true);
        StoreException e = Assert.Throws<StoreException>(() => Commit(1, first, "9"));
        Assert.Equal("another run of `shop` took over the pages of `people` meanwhile; run again", e.Message);
        Assert.Null(_pages.Watermark(Owner));
        Assert.Empty(_state.Batches("shop"));
    }

    [Fact]
    public void End_WhenStale_ThenItsPagesCountAsNeverFetched()
    {
        PageExtract extract = Begin();
        _pages.Keep(Owner, Page("people?page=1", extract.Id));
        _pages.Keep(Owner, Page("people?page=2", extract.Id - 1));
        _pages.End(Owner, extract.Id, isStale: true);
        Assert.Null(_pages.Find(Owner));
        Assert.Equal(DateTimeOffset.UnixEpoch, _pages.Find(Owner, "people?page=1")!.Fetched);
        Assert.Equal(Commits.At, _pages.Find(Owner, "people?page=2")!.Fetched);
    }

    [Fact]
    public void Commit_WhenAPageWasReleased_ThenItIsNotTakenForLoaded()
    {
        PageExtract extract = Begin();
        _pages.Keep(Owner, Page("people?page=1", extract.Id));
        _pages.Keep(Owner, Page("people?page=2", extract.Id) with { Reading = "how" });
        _pages.Release(Owner, "people?page=2");
        Commit(1, extract, null);
        Assert.Equal([true, false], Pages(Owner).Select(page => page.IsLoaded));
        Assert.Equal([null, "how"], Pages(Owner).Select(page => page.Reading));
    }

    [Fact]
    public void Open_WhenTheStateIsOfTheSecondVersion_ThenNobodyKnowsHowItsPagesWereRead()
    {
        _pages.Keep(Owner, Page("people?page=1", Begin().Id) with { Reading = "how" });
        using (StateConnection connection = StateConnection.Open(_temporary.Home.StateFile, create: false))
        {
            connection.Execute("DROP TABLE rules; ALTER TABLE pages DROP COLUMN reading; PRAGMA user_version = 2");
        }

        using StateDatabase again = StateDatabase.Open(_temporary.Home);
        Assert.Null(Assert.Single(Pages(Owner)).Reading);
    }

    [Fact]
    public void Open_WhenTheStateIsOfTheFirstVersion_ThenItGetsThePagesAndKeepsTheRest()
    {
        _state.Commit(Commits.Load(1, Commits.File('a')));
        using (StateConnection connection = StateConnection.Open(_temporary.Home.StateFile, create: false))
        {
            connection.Execute("DROP TABLE rules; DROP TABLE pages; DROP TABLE extracts; DROP TABLE watermarks; PRAGMA user_version = 1");
        }

        using StateDatabase again = StateDatabase.Open(_temporary.Home);
        Assert.Equal(["a.csv"], again.LoadedFiles("shop").Select(file => file.Name));
        Assert.Empty(Pages(Owner));
    }

    private List<StoredPage> Pages(PageOwner owner)
    {
        var pages = new List<StoredPage>();
        _pages.Visit(owner, null, pages.Add);
        return pages;
    }

    private PageExtract Begin() => _pages.Begin(Owner, Day, Commits.At, _ => false);

    private void Commit(long batch, PageExtract extract, string? watermark) =>
        _state.Commit(Commits.Load(batch) with { Extracts = [new FinishedExtract(Owner, extract.Id, watermark)] });

    private static StoredPage Page(string address, long extract) => new()
    {
        Address = address,
        Part = "00001",
        ContentHash = new string('a', 64),
        Bytes = 100,
        Records = 2,
        Fetched = Commits.At,
        File = new PageFile("bronze/people/2026-03-14/page-00001.json.gz", new string('c', 64), 60),
        Extract = extract,
    };
}
