using System.Security.Cryptography;
using System.Text;
using Assay.App.Runs;
using Assay.Read.Rest;
using Assay.Store;

namespace Assay.App.Tests.Rest;

/// <summary>What every ledger of pages does.</summary>
public abstract class PageLedgerContract
{
    /// <summary>The ledger, within an extract.</summary>
    protected abstract IPageLedger Ledger { get; }

    /// <summary>Ends the extract, and begins another.</summary>
    /// <returns>The ledger of the other one.</returns>
    protected abstract IPageLedger Next();

    [Fact]
    public void Find_WhenAPageWasKept_ThenGivesItAndItsBody()
    {
        Assert.Null(Ledger.Find("people?page=1"));
        RestPage page = Page("people?page=1", "[1]") with { Next = "2", Total = 3, Watermark = "w", ETag = "\"e\"", LastModified = "then" };
        Ledger.Keep(page, "[1]"u8.ToArray());
        Assert.Equal(new KnownPage(page, IsOfThisExtract: true), Ledger.Find("people?page=1"));
        Assert.Equal("[1]", Body(Ledger, page));
    }

    [Fact]
    public void Find_WhenThePageIsOfAnEarlierExtract_ThenSaysSoUntilItIsUsedAgain()
    {
        RestPage page = Page("people?page=1", "[1]");
        Ledger.Keep(page, "[1]"u8.ToArray());
        IPageLedger next = Next();
        Assert.Equal(new KnownPage(page, IsOfThisExtract: false), next.Find("people?page=1"));
        RestPage again = page with { Part = "00002", Fetched = page.Fetched.AddHours(1) };
        next.Reuse(again);
        Assert.Equal(new KnownPage(again, IsOfThisExtract: true), next.Find("people?page=1"));
        Assert.Equal("[1]", Body(next, again));
    }

    [Fact]
    public void Keep_WhenThePageChanged_ThenGivesTheNewOne()
    {
        Ledger.Keep(Page("people?page=1", "[1]"), "[1]"u8.ToArray());
        IPageLedger next = Next();
        RestPage changed = Page("people?page=1", "[2]");
        next.Keep(changed, "[2]"u8.ToArray());
        Assert.Equal(new KnownPage(changed, IsOfThisExtract: true), next.Find("people?page=1"));
        Assert.Equal("[2]", Body(next, changed));
    }

    [Fact]
    public void Keep_WhenFromSeveralThreads_ThenKeepsAll()
    {
        Parallel.For(0, 64, i => Ledger.Keep(Page($"people?page={i}", "[1]") with { Part = $"{i:00000}" }, "[1]"u8.ToArray()));
        Assert.All(Enumerable.Range(0, 64), i => Assert.Equal("[1]", Body(Ledger, Ledger.Find($"people?page={i}")!.Page)));
    }

    private static string Body(IPageLedger ledger, RestPage page)
    {
        using var reader = new StreamReader(ledger.Open(page));
        return reader.ReadToEnd();
    }

    private static RestPage Page(string address, string body) => new()
    {
        Address = address,
        Part = "00001",
        ContentHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))),
        Bytes = body.Length,
        Records = 1,
        Fetched = new DateTimeOffset(2026, 3, 14, 9, 26, 53, 123, TimeSpan.Zero),
    };
}

/// <summary>The ledger in memory.</summary>
public sealed class MemoryPageLedgerTests : PageLedgerContract
{
    private readonly MemoryPageLedger _ledger = new();

    protected override IPageLedger Ledger => _ledger;

    protected override IPageLedger Next()
    {
        _ledger.Complete();
        return _ledger;
    }
}

/// <summary>The ledger in bronze and the state.</summary>
public sealed class PageLedgerTests : PageLedgerContract, IDisposable
{
    private static readonly PageOwner Owner = new("town", "people", "https://api.example.com/");

    private readonly string _folder = Directory.CreateTempSubdirectory("assay-ledger-").FullName;
    private readonly StateDatabase _state;
    private readonly PageState _pages;
    private readonly PageLedger _ledger;

    public PageLedgerTests()
    {
        _state = StateDatabase.Open(new AssayHome(_folder));
        _pages = PageState.Open(new AssayHome(_folder));
        _ledger = Begin();
    }

    protected override IPageLedger Ledger => _ledger;

    public void Dispose()
    {
        _pages.Dispose();
        _state.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    protected override IPageLedger Next() => Begin();

    private PageLedger Begin() => new(
        _pages,
        new BronzePages(new AssayHome(_folder), "people"),
        Owner,
        _pages.Begin(Owner, new DateOnly(2026, 3, 14), DateTimeOffset.UnixEpoch, _ => true),
        []);
}
