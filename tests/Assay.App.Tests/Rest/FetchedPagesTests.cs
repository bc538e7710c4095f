using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Tests.Rest;

/// <summary>Runs alone: what other tests hold would be counted, too.</summary>
[Collection(nameof(FetchedPagesTests))]
[CollectionDefinition(nameof(FetchedPagesTests), DisableParallelization = true)]
public sealed class FetchedPagesTests
{
    private const int MostBytesAPage = 300;

    [Fact]
    public void Add_WhenReadBack_ThenGivesThePagesInTheirOrder()
    {
        FetchedPage[] added = [Page(1), Page(2) with { IsLoaded = true, Address = "people?q=é&page=2" }, Page(3) with { Records = long.MaxValue }];
        FetchedPages pages = Of(added);

        Assert.Equal(3, pages.Count);
        Assert.Equal(added, pages);
        Assert.Equal(added[1], pages[1]);
    }

    [Fact]
    public void Add_WhenThereAreMany_ThenEachTakesAFewBytes()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        FetchedPages pages = Of(Enumerable.Range(1, 20_000).Select(Page));
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.InRange(held / 20_000, 16, MostBytesAPage);
        Assert.Equal(Page(20_000), pages[^1]);
    }

    [Fact]
    public void Join_WhenListsAreDerived_ThenGivesTheItemsOfAll()
    {
        var squares = new DerivedList<int>(3, i => i * i);
        IReadOnlyList<int> joined = DerivedList<int>.Join([[7], [], squares, new DerivedList<int>(1, _ => 9)]);

        Assert.Equal([7, 0, 1, 4, 9], joined);
        Assert.Equal((4, 9), (joined[3], joined[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => joined[5]);
        Assert.Same(squares, DerivedList<int>.Join([[], squares]));
        Assert.Empty(DerivedList<int>.Join([]));
    }

    [Fact]
    public void Inputs_WhenTablesShareASource_ThenEachIsThereOnce()
    {
        IReadOnlyList<LandedFile> given = [File("a", null), File("b", "/home/b"), File("a", null)];
        var source = new SourceFiles(null!, [], given);

        RunInput[] inputs = [.. source.Inputs];

        Assert.Equal([true, false, true], inputs.Select(input => input.Seen));
        Assert.Equal(inputs.Take(2), RunInputs.Distinct([source.Inputs, source.Inputs]));
        Assert.Equal([inputs[1]], RunInputs.Distinct([new DerivedList<RunInput>(1, _ => inputs[1])]));
    }

    private static LandedFile File(string origin, string? path) => new("people", origin, origin, new string('c', 64), 3, path, path);

    private static FetchedPages Of(IEnumerable<FetchedPage> added)
    {
        var pages = new FetchedPages();
        foreach (FetchedPage page in added)
        {
            pages.Add(page);
        }

        return pages;
    }

    private static FetchedPage Page(int number) => new(
        $"people?page={number}&per_page=100", 100, false, new PageFile($"bronze/people/2026-03-14/page-{number:00000}.json.gz", $"{number:x64}", 1234));
}
