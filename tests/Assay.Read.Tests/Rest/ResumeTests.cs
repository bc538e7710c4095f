using Assay.Read.Rest;

namespace Assay.Read.Tests.Rest;

/// <summary>What is known already is not asked for again.</summary>
public class ResumeTests
{
    [Theory]
    [InlineData("numbers")]
    [InlineData("links")]
    public async Task Extract_WhenItWasInterrupted_ThenAsksOnlyForWhatIsMissing(string kind)
    {
        bool isBroken = true;
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            int page = StubApi.Number(context, "page");
            string next = page < 9 ? $",\"next\":\"?page={page + 1}\"" : "";
            return isBroken && page == 5 ? StubApi.Json(context, "", 404) : StubApi.Json(context, StubApi.Page(page, 2, 18, next));
        });
        var ledger = new MemoryPageLedger();
        RestResource users = RestCase.Users(api) with { Limits = RestCase.Quick with { Concurrency = 1 } };
        users = kind == "links" ? users with { Paginator = new RestPaginator.JsonLink("next") } : users;

        await RestCase.FailAsync(users, ledger);
        isBroken = false;
        api.Log.Clear();
        Extracted extract = await RestCase.ExtractAsync(users, ledger);

        Assert.Equal(["users?page=5", "users?page=6", "users?page=7", "users?page=8", "users?page=9"], api.Asked);
        Assert.Equal(RestCase.OneTo(18), RestCase.Ids(extract, ledger));
        Assert.Equal((5, 5, 4), (extract.Metrics.Requests, extract.Metrics.PagesFetched, extract.Metrics.PagesResumed));
        Assert.Equal(kind == "links" ? null : 18, extract.DeclaredRecords);
        Assert.Equal(Enumerable.Range(1, 9).Select(place => $"0000{place}"), extract.Pages.Select(page => page.Part));
    }

    [Theory]
    [InlineData("ETag", "\"v1\"", "If-None-Match")]
    [InlineData("ETag", "W/\"a,b\"", "If-None-Match")]
    [InlineData("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT", "If-Modified-Since")]
    public async Task Page_WhenTheApiSaysItIsUnchanged_ThenTheOneThatWasKeptIsTaken(string header, string value, string condition)
    {
        string two = "[{\"id\":2}]";
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            int page = StubApi.Number(context, "page");
            if (page == 1 && context.Request.Headers[condition] == value)
            {
                context.Response.StatusCode = 304;
                return Task.CompletedTask;
            }

            context.Response.Headers[header] = page == 1 ? value : "";
            return StubApi.Json(context, $"{{\"total_pages\":2,\"total\":2,\"data\":{(page == 1 ? "[{\"id\":1}]" : two)}}}");
        });
        var ledger = new MemoryPageLedger();
        var time = new ShiftedTime();
        RestResource users = RestCase.Users(api) with { Collect = "id" };

        Extracted first = await RestCase.ExtractAsync(users, ledger, time: time);
        ledger.Complete();
        two = "[{\"id\":3}]";
        time.Shift = TimeSpan.FromHours(1);
        Extracted second = await RestCase.ExtractAsync(users, ledger, time: time);

        Assert.Equal([1, 3], RestCase.Ids(second, ledger));
        Assert.Equal(["1", "3"], second.Collected);
        Assert.Equal((2, 1, 1), (second.Metrics.Requests, second.Metrics.PagesUnchanged, second.Metrics.PagesFetched));
        Assert.Equal(first.Pages[0] with { Fetched = second.Pages[0].Fetched }, second.Pages[0]);
        Assert.True(second.Pages[0].Fetched - first.Pages[0].Fetched >= TimeSpan.FromHours(1));
        Assert.True(ledger.Find("users?page=1")!.IsOfThisExtract);
    }

    [Fact]
    public async Task Page_WhenItIsYoungEnough_ThenIsNotAskedFor()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, StubApi.Page(StubApi.Number(context, "page"), 1, 3)));
        var ledger = new MemoryPageLedger();
        var time = new ShiftedTime();
        RestResource users = RestCase.Users(api) with { Limits = RestCase.Quick with { CacheFor = TimeSpan.FromMinutes(10) } };

        Extracted first = await RestCase.ExtractAsync(users, ledger, time: time);
        ledger.Complete();
        time.Shift = TimeSpan.FromMinutes(9);
        Extracted young = await RestCase.ExtractAsync(users, ledger, time: time);
        bool isTakenOver = ledger.Find("users?page=2")!.IsOfThisExtract;
        ledger.Complete();
        time.Shift = TimeSpan.FromMinutes(11);
        Extracted old = await RestCase.ExtractAsync(users, ledger, time: time);

        Assert.Equal((0, 3), (young.Metrics.Requests, young.Metrics.PagesCached));
        Assert.Equal(first.Pages, young.Pages);
        Assert.True(isTakenOver);
        Assert.Equal((3, 3), (old.Metrics.Requests, old.Metrics.PagesFetched));
    }

    [Fact]
    public async Task Page_WhenItsPlaceIsAnother_ThenIsNotedThere()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, """{"data":[{"id":1}],"total_pages":1,"total":1}"""));
        var ledger = new MemoryPageLedger();
        RestResource comments = RestCase.Users(api) with { Path = "posts/{resources.posts.id}", Parent = new RestParent("posts", "id") };

        await RestCase.ExtractAsync(comments, ledger, ["a", "b"]);
        Extracted second = await RestCase.ExtractAsync(comments, ledger, ["new", "a", "b"]);

        Assert.Equal(["00001-00001", "00002-00001", "00003-00001"], second.Pages.Select(page => page.Part));
        Assert.Equal("00003-00001", ledger.Find("posts/b?page=1")!.Page.Part);
        Assert.Equal(1, second.Metrics.Requests);
    }

    [Fact]
    public async Task Page_WhenAnotherPaginatorLeftItBehind_ThenIsAskedForAnew()
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            int page = StubApi.Number(context, "page");
            return StubApi.Json(context, StubApi.Page(page, 1, 3, page < 3 ? $",\"next\":\"?page={page + 1}\"" : ""));
        });
        var ledger = new MemoryPageLedger();
        RestResource users = RestCase.Users(api);

        await RestCase.ExtractAsync(users with { Paginator = new RestPaginator.JsonLink("next") }, ledger);
        Extracted extract = await RestCase.ExtractAsync(users with { Paginator = new RestPaginator.PageNumber() }, ledger);

        Assert.Equal([1, 2, 3], RestCase.Ids(extract, ledger));
        Assert.Equal(["2", "3", "4", null], extract.Pages.Select(page => page.Next));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("header_link")]
    public async Task LastPage_WhenItIsUnchangedAndAnotherCameAfterIt_ThenTheOtherIsFetched(string paginator)
    {
        int pages = 1;
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            int page = StubApi.Number(context, "page");
            context.Response.Headers.ETag = $"\"{page}\"";
            if (page < pages)
            {
                context.Response.Headers.Link = $"<?page={page + 1}>; rel=\"next\"";
            }

            if (context.Request.Headers.IfNoneMatch == $"\"{page}\"")
            {
                context.Response.StatusCode = 304;
                return Task.CompletedTask;
            }

            return StubApi.Json(context, $"{{\"data\":[{{\"id\":{page}}}]}}");
        });
        var ledger = new MemoryPageLedger();
        RestResource users = RestCase.Users(api) with { Paginator = paginator == "auto" ? RestPaginator.Auto : new RestPaginator.HeaderLink() };

        await RestCase.ExtractAsync(users, ledger);
        ledger.Complete();
        pages = 3;
        Extracted second = await RestCase.ExtractAsync(users, ledger);
        ledger.Complete();
        Extracted third = await RestCase.ExtractAsync(users, ledger);

        Assert.Equal([1, 2, 3], RestCase.Ids(second, ledger));
        Assert.Equal([1, 2, 3], RestCase.Ids(third, ledger));
        Assert.Equal((2, 1), (third.Metrics.PagesUnchanged, third.Metrics.PagesFetched));
    }

    [Fact]
    public async Task UnchangedPage_WhenItsLinkLeadsElsewhereNow_ThenThatIsFollowed()
    {
        string next = "b";
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            string at = context.Request.Query["at"].ToString();
            context.Response.Headers.ETag = $"\"{at}\"";
            if (at.Length == 0)
            {
                context.Response.Headers.Link = $"<?at={next}>; rel=\"next\"";
            }

            context.Response.StatusCode = context.Request.Headers.IfNoneMatch == $"\"{at}\"" ? 304 : 200;
            return context.Response.StatusCode == 304 ? Task.CompletedTask : StubApi.Json(context, $"{{\"data\":[{{\"id\":{at.Length}}}]}}");
        });
        var ledger = new MemoryPageLedger();
        RestResource users = RestCase.Users(api) with { Paginator = new RestPaginator.HeaderLink() };

        await RestCase.ExtractAsync(users, ledger);
        ledger.Complete();
        next = "ccc";
        Extracted extract = await RestCase.ExtractAsync(users, ledger);

        Assert.Equal(["users", "users?at=ccc"], RestCase.Addresses(extract));
        Assert.Equal([0, 3], RestCase.Ids(extract, ledger));
        Assert.Equal("users?at=ccc", ledger.Find("users")!.Page.Next);
    }

    [Fact]
    public async Task Page_WhenItWasReadInAnotherWay_ThenIsAskedForWhole()
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            context.Response.Headers.ETag = "\"same\"";
            context.Response.StatusCode = context.Request.Headers.IfNoneMatch == "\"same\"" ? 304 : 200;
            return context.Response.StatusCode == 304 ? Task.CompletedTask : StubApi.Json(context, StubApi.Page(StubApi.Number(context, "page"), 2, 6));
        });
        var ledger = new MemoryPageLedger();
        RestResource users = RestCase.Users(api);

        // A wrong total: there are six records, and three pages of them.
        Extracted wrong = await RestCase.ExtractAsync(users with { Paginator = new RestPaginator.PageNumber { TotalPath = "page" } }, ledger);
        ledger.Complete();
        Extracted right = await RestCase.ExtractAsync(users, ledger);

        Assert.Equal((2, 6), (wrong.Records, right.Records));
        Assert.Equal([1, 2, 3, 4, 5, 6], RestCase.Ids(right, ledger));
        Assert.All(api.Log, arrival => Assert.False(arrival.Headers.ContainsKey("If-None-Match")));
    }

    [Fact]
    public async Task Page_WhenTheClockWasSetBackSinceItCame_ThenIsNotTakenForYoung()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, StubApi.Page(1, 1, 1)));
        var ledger = new MemoryPageLedger();
        var time = new ShiftedTime { Shift = TimeSpan.FromDays(365) };
        RestResource users = RestCase.Users(api) with { Limits = RestCase.Quick with { CacheFor = TimeSpan.FromMinutes(10) } };

        await RestCase.ExtractAsync(users, ledger, time: time);
        ledger.Complete();
        time.Shift = TimeSpan.Zero;
        Extracted extract = await RestCase.ExtractAsync(users, ledger, time: time);

        Assert.Equal((1, 1, 0), (extract.Metrics.Requests, extract.Metrics.PagesFetched, extract.Metrics.PagesCached));
    }

    [Fact]
    public async Task Page_WhenItChangedInTheSecondItWasSentIn_ThenIsAskedForWhole()
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            context.Response.Headers.Date = "Wed, 21 Oct 2015 07:28:00 GMT";
            context.Response.Headers.LastModified = $"Wed, 21 Oct 2015 07:{(context.Request.Path.Value!.EndsWith("new", StringComparison.Ordinal) ? "28:00" : "27:59")} GMT";
            return StubApi.Json(context, StubApi.Page(1, 1, 1));
        });

        foreach (string path in new[] { "new", "old" })
        {
            var ledger = new MemoryPageLedger();
            await RestCase.ExtractAsync(RestCase.Users(api) with { Path = path }, ledger);
            ledger.Complete();
            await RestCase.ExtractAsync(RestCase.Users(api) with { Path = path }, ledger);
        }

        Assert.Equal([null, null, null, "Wed, 21 Oct 2015 07:27:59 GMT"], api.Log.Select(arrival => arrival.Headers.GetValueOrDefault("If-Modified-Since")));
    }

    [Fact]
    public async Task Page_WhenItsTagCannotBeSent_ThenIsAskedForWhole()
    {
        using var api = new RawApi(_ => (RawApi.Answer(StubApi.Page(1, 1, 1)).Replace("\r\n\r\n", "\r\nETag: \"\u00fc\"\r\nConnection: close\r\n\r\n", StringComparison.Ordinal), false));
        var ledger = new MemoryPageLedger();

        await RestCase.ExtractAsync(RestCase.Users(api.Base), ledger);
        ledger.Complete();
        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api.Base), ledger);

        Assert.Equal((1, 1), (extract.Records, extract.Metrics.PagesFetched));
    }

    [Fact]
    public async Task Progress_WhenPagesCome_ThenIsToldOfEachOnceAndByOneAtATime()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, StubApi.Page(StubApi.Number(context, "page"), 1, 40)));
        using var client = new RestClient(TimeProvider.System, _ => { });
        var told = new List<RestPage>();

        RestExtract extract = await client.ExtractAsync(RestCase.Users(api), new MemoryPageLedger(), [], told.Add, CancellationToken.None);

        Assert.Equal(40, extract.Pages);
        Assert.Equal(Enumerable.Range(1, 40).Select(place => $"{place:00000}"), told.Select(page => page.Part).Order(StringComparer.Ordinal));
    }
}
