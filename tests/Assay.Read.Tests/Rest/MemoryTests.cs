using Assay.Read.Rest;

namespace Assay.Read.Tests.Rest;

/// <summary>Runs alone: what other tests hold would be counted, too.</summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTests
{
    /// <summary>Digests of its address and body, and its address: what a page that repeats is known by. Some 150 to 300 bytes; the whole entry of a page takes a thousand.</summary>
    private const int MostBytesAPage = 400;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Extract_WhenThereAreTenTimesAsManyPages_ThenHoldsAFewBytesOfEach(bool isNumbered)
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            int page = StubApi.Number(context, "page");
            int pages = StubApi.Number(context, "pages");
            return StubApi.Json(context, StubApi.Page(page, 1, pages, page < pages ? $",\"next\":\"?pages={pages}&page={page + 1}\"" : ""));
        }, keepsLog: false);
        RestResource users = RestCase.Users(api) with
        {
            Paginator = isNumbered ? new RestPaginator.PageNumber { TotalPath = "total_pages" } : new RestPaginator.JsonLink("next"),
        };
        using var client = new RestClient(TimeProvider.System, _ => { });
        // Pools of buffers, threads and connections find their size first.
        _ = await HeldAtTheLastPageAsync(client, users, 2000);

        long few = await HeldAtTheLastPageAsync(client, users, 200);
        long many = await HeldAtTheLastPageAsync(client, users, 2000);

        Assert.True(many - few < 1800 * MostBytesAPage, $"{(many - few) / 1800} bytes a page");
    }

    /// <summary>What lives when the last page is there, and the walk is not over.</summary>
    private static async Task<long> HeldAtTheLastPageAsync(RestClient client, RestResource users, int pages)
    {
        long met = 0;
        long held = 0;
        RestExtract extract = await client.ExtractAsync(
            users with { Parameters = [new("pages", $"{pages}")] },
            new ForgetfulLedger(),
            [],
            _ =>
            {
                if (++met == pages)
                {
                    held = GC.GetTotalMemory(forceFullCollection: true);
                }
            },
            CancellationToken.None);
        Assert.Equal((pages, pages), (extract.Pages, extract.Records));
        return held;
    }

    /// <summary>Keeps nothing, so that what is held is the client's own.</summary>
    private sealed class ForgetfulLedger : IPageLedger
    {
        public KnownPage? Find(string address) => null;

        public void Keep(RestPage page, ReadOnlyMemory<byte> body)
        {
        }

        public void Reuse(RestPage page) => throw new NotSupportedException();

        public Stream Open(RestPage page) => throw new NotSupportedException();
    }
}
