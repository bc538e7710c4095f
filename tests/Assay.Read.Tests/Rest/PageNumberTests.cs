using Assay.Read.Rest;

namespace Assay.Read.Tests.Rest;

public class PageNumberTests
{
    [Fact]
    public async Task Pages_WhenTheTotalIsTold_ThenAreAllFetchedInOrder()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, StubApi.Page(StubApi.Number(context, "page"), 6, 12)));
        var ledger = new MemoryPageLedger();

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api) with { Parameters = [new("per_page", "6")] }, ledger);

        Assert.Equal(["users?per_page=6&page=1", "users?per_page=6&page=2"], RestCase.Addresses(extract));
        Assert.Equal(["00001", "00002"], extract.Pages.Select(page => page.Part));
        Assert.Equal(12, extract.Records);
        Assert.Equal(12, extract.DeclaredRecords);
        Assert.Equal(RestCase.OneTo(12), RestCase.Ids(extract, ledger));
        Assert.Equal("2", extract.Pages[0].Next);
        Assert.Null(extract.Pages[1].Next);
        Assert.Equal((2, 2), (extract.Metrics.Requests, extract.Metrics.PagesFetched));
    }

    [Fact]
    public async Task Pages_WhenNoTotalIsTold_ThenEndWithTheFirstEmptyOne()
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            string[] pages = ["[{\"id\":1},{\"id\":2}]", "[{\"id\":3}]", "[{\"id\":4}]", "[]"];
            return StubApi.Json(context, pages[StubApi.Number(context, "p") - 10]);
        });
        var ledger = new MemoryPageLedger();

        Extracted extract = await RestCase.ExtractAsync(
            RestCase.Users(api) with { Record = null, Paginator = new RestPaginator.PageNumber { BasePage = 10, PageParameter = "p" } }, ledger);

        Assert.Equal(["users?p=10", "users?p=11", "users?p=12", "users?p=13"], RestCase.Addresses(extract));
        Assert.Equal([1, 2, 3, 4], RestCase.Ids(extract, ledger, null));
        Assert.Null(extract.DeclaredRecords);
    }

    [Theory]
    [InlineData("total_pages")]
    [InlineData(null)]
    public async Task Pages_WhenThereIsALastOneToAskFor_ThenEndThere(string? total)
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, StubApi.Page(StubApi.Number(context, "page"), 2, 100)));

        Extracted extract = await RestCase.ExtractAsync(
            RestCase.Users(api) with { Paginator = new RestPaginator.PageNumber { MaximumPage = 3, TotalPath = total, TotalRecordsPath = "total" } });

        Assert.Equal(["users?page=1", "users?page=2", "users?page=3"], RestCase.Addresses(extract));
        Assert.Null(extract.DeclaredRecords);
        Assert.Null(extract.Pages[2].Next);
    }

    [Fact]
    public async Task Pages_WhenTheTotalGrowsMeanwhile_ThenTheNewOnesAreFetchedToo()
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            int page = StubApi.Number(context, "page");
            return StubApi.Json(context, StubApi.Page(page, 2, page == 1 ? 6 : 10));
        });
        var ledger = new MemoryPageLedger();

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api), ledger);

        Assert.Equal(RestCase.OneTo(10), RestCase.Ids(extract, ledger));
        Assert.Equal(10, extract.DeclaredRecords);
    }

    [Theory]
    [InlineData("""{"data":[],"total_pages":0,"total":0}""", 0L)]
    [InlineData("""{"data":null,"total_pages":1,"total":"0"}""", 0L)]
    [InlineData("""{"data":[],"total_pages":null,"total":null}""", null)]
    public async Task Pages_WhenThereIsNothing_ThenThereIsOneWithoutRecords(string body, long? declared)
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, body));

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api));

        Assert.Equal(0, Assert.Single(extract.Pages).Records);
        Assert.Equal(declared, extract.DeclaredRecords);
    }

    [Theory]
    [InlineData("""{"data":[{"id":1}]}""")]
    [InlineData("""{"data":[{"id":1}],"total_pages":"many","total":1}""")]
    [InlineData("""{"data":[{"id":1}],"total_pages":-1,"total":1}""")]
    public async Task Total_WhenItIsNotThere_ThenThatIsAnErrorThatShowsThePage(string body)
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, body));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api));

        Assert.Equal($"users: stub:users?page=1 answered well, but has no whole number at `total_pages`, where the paginator expects a total. It said: {body}.", error.Message);
        Assert.Single(api.Log);
    }

    [Fact]
    public async Task Declared_WhenItDiffersFromWhatIsFetched_ThenBothAreTold()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, """{"data":[{"id":1}],"total_pages":1,"total":7}"""));

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api));

        Assert.Equal((1, 7), (extract.Records, extract.DeclaredRecords));
    }
}
