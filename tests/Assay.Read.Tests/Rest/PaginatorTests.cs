using Assay.Read.Rest;
using Microsoft.AspNetCore.Http;

namespace Assay.Read.Tests.Rest;

/// <summary>The paginators other than <c>page_number</c>.</summary>
public class PaginatorTests
{
    [Theory]
    [InlineData("total", 3)]
    [InlineData(null, 4)]
    public async Task Offset_WhenThereAreThreePages_ThenGivesEachRecordOnce(string? total, int pages)
    {
        await using StubApi api = await StubApi.StartAsync(context =>
            StubApi.Json(context, StubApi.Page((StubApi.Number(context, "offset") / StubApi.Number(context, "limit")) + 1, 5, 12)));
        var ledger = new MemoryPageLedger();

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api) with { Paginator = new RestPaginator.Offset { Limit = 5, TotalPath = total } }, ledger);

        Assert.Equal(RestCase.OneTo(12), RestCase.Ids(extract, ledger));
        Assert.Equal(new[] { "users?offset=0&limit=5", "users?offset=5&limit=5", "users?offset=10&limit=5", "users?offset=15&limit=5" }.Take(pages), RestCase.Addresses(extract));
        Assert.Equal(total is null ? null : 12, extract.DeclaredRecords);
    }

    [Theory]
    [InlineData("total")]
    [InlineData(null)]
    public async Task Offset_WhenThereIsAGreatestOne_ThenEndsThere(string? total)
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, StubApi.Page((StubApi.Number(context, "skip") / 5) + 1, 5, 100)));

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api) with
        {
            Paginator = new RestPaginator.Offset { Limit = 5, OffsetParameter = "skip", LimitParameter = "take", MaximumOffset = 12, TotalPath = total },
        });

        Assert.Equal(["users?skip=0&take=5", "users?skip=5&take=5", "users?skip=10&take=5"], RestCase.Addresses(extract));
        Assert.Null(extract.DeclaredRecords);
    }

    [Fact]
    public async Task Offset_WhenTheApiGivesFewerThanAskedFor_ThenThatIsAnErrorAndNoLoss()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, StubApi.Page((StubApi.Number(context, "offset") / 2) + 1, 2, 100)));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Paginator = new RestPaginator.Offset { Limit = 50 } });

        Assert.Contains("the first page had 2 and not the 50 that were asked for", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("set `limit` to that.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("absent")]
    public async Task Cursor_WhenItIsGone_ThenThatWasTheLastPage(string end)
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            string cursor = context.Request.Query["after"].ToString();
            string next = cursor switch
            {
                "" => ",\"meta\":{\"next\":\"a/b+c=\"}",
                "a/b+c=" => ",\"meta\":{\"next\":17}",
                _ => end == "absent" ? "" : $",\"meta\":{{\"next\":{end}}}",
            };
            return StubApi.Json(context, StubApi.Page(cursor switch { "" => 1, "17" => 3, _ => 2 }, 2, 5, next));
        });
        var ledger = new MemoryPageLedger();

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api) with { Paginator = new RestPaginator.Cursor("meta.next", "after") }, ledger);

        Assert.Equal(["users", "users?after=a%2Fb%2Bc%3D", "users?after=17"], RestCase.Addresses(extract));
        Assert.Equal(["a/b+c=", "17", null], extract.Pages.Select(page => page.Next));
        Assert.Equal([1, 2, 3, 4, 5], RestCase.Ids(extract, ledger));
    }

    [Fact]
    public async Task JsonLink_WhenLinksAreWrittenInAllWays_ThenAreFollowed()
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            string target = context.Request.Path + context.Request.QueryString.ToString();
            string next = target switch
            {
                "/api/users" => "?page=2",
                "/api/users?page=2" => "/api/users?page=3#top",
                "/api/users?page=3" => "http://" + context.Request.Host + "/api/users?page=4",
                "/api/users?page=4" => "/v2/people?page=5",
                _ => "",
            };
            int id = StubApi.Number(context, "page");
            return StubApi.Json(context, $"{{\"data\":[{{\"id\":{id}}}],\"links\":{{\"next\":\"{next}\"}}}}");
        });
        var ledger = new MemoryPageLedger();

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api) with { Paginator = new RestPaginator.JsonLink("links.next") }, ledger);

        Assert.Equal(["users", "users?page=2", "users?page=3", "users?page=4", "/v2/people?page=5"], RestCase.Addresses(extract));
        Assert.Equal([1, 2, 3, 4, 5], RestCase.Ids(extract, ledger));
        Assert.Equal("/v2/people?page=5", extract.Pages[3].Next);
    }

    [Fact]
    public async Task Address_WhenItIsNotBelowTheBaseAndTheBaseHasNoName_ThenIsWhole()
    {
        await using StubApi api = await StubApi.StartAsync(context =>
            StubApi.Json(context, context.Request.Path == "/api/users" ? """{"data":[{"id":1}],"next":"/v2/people"}""" : """{"data":[{"id":2}]}"""));

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api) with { BaseLabel = null, Paginator = new RestPaginator.JsonLink("next") });

        Assert.Equal(["users", $"http://127.0.0.1:{api.Port}/v2/people"], RestCase.Addresses(extract));
    }

    [Fact]
    public async Task HeaderLink_WhenItsRelationIsNext_ThenIsFollowed()
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            int page = StubApi.Number(context, "page");
            context.Response.Headers.Append("Link", "<users?page=1>; rel=\"first\"; title=\"a, <b>; rel=next\"");
            if (page < 3)
            {
                context.Response.Headers.Append("Link", $"</api/users?page={page + 1}>;title=\"x\\\"y\"; rel=\"last NEXT\", <users?page=9>; rel=last");
            }

            return StubApi.Json(context, $"[{{\"id\":{page}}}]");
        });
        var ledger = new MemoryPageLedger();

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api) with { Record = null, Paginator = new RestPaginator.HeaderLink() }, ledger);

        Assert.Equal(["users", "users?page=2", "users?page=3"], RestCase.Addresses(extract));
        Assert.Equal([1, 2, 3], RestCase.Ids(extract, ledger, null));
    }

    [Fact]
    public async Task SinglePage_WhenItSaysThereIsMore_ThenIsTheOnlyOne()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, """{"data":{"id":1},"next":"/api/users?page=2"}"""));

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api) with { Paginator = RestPaginator.SinglePage });

        Assert.Equal(1, Assert.Single(extract.Pages).Records);
        Assert.Equal(["users"], api.Asked);
    }

    [Theory]
    [InlineData("header", "users;users?page=2;users?page=3")]
    [InlineData("body", "users;users?page=2;users?page=3")]
    [InlineData("numbers", "users;users?page=2;users?page=3")]
    [InlineData("from zero", "users;users?page=1;users?page=2")]
    [InlineData("nothing", "users")]
    public async Task Auto_WhenTheFirstAnswerTells_ThenGoesByThat(string sign, string addresses)
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            int zero = sign == "from zero" ? 0 : 1;
            int page = StubApi.Number(context, "page", zero);
            if (sign == "header" && page < 3)
            {
                context.Response.Headers.Link = $"<?page={page + 1}>; rel=\"next\"";
            }

            string more = sign switch
            {
                "body" => page < 3 ? $",\"next\":\"/api/users?page={page + 1}\"" : ",\"next\":null",
                "numbers" or "from zero" => $",\"pagination\":{{\"current_page\":{page},\"total_pages\":3}}",
                _ => ",\"next\":\"abc\",\"pages\":3",
            };
            return StubApi.Json(context, $"{{\"data\":[{{\"id\":{page + 1 - zero}}}]{more}}}");
        });
        var ledger = new MemoryPageLedger();
        RestResource users = RestCase.Users(api) with { Paginator = RestPaginator.Auto };

        Extracted extract = await RestCase.ExtractAsync(users, ledger);
        Extracted again = await RestCase.ExtractAsync(users, ledger);

        Assert.Equal(addresses.Split(';'), RestCase.Addresses(extract));
        Assert.Equal(RestCase.OneTo(extract.Pages.Count), RestCase.Ids(extract, ledger));
        Assert.Equal(extract.Pages, again.Pages);
        Assert.Equal(0, again.Metrics.Requests);
    }

    [Fact]
    public async Task Dependent_WhenTheParentHasThreeValues_ThenEachHasAWalkOfItsOwn()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, StubApi.Page(StubApi.Number(context, "page"), 1, 2)));
        var ledger = new MemoryPageLedger();
        RestResource comments = RestCase.Users(api) with { Name = "comments", Path = "posts/{resources.posts.id}/comments", Parent = new RestParent("posts", "id") };

        Extracted extract = await RestCase.ExtractAsync(comments, ledger, ["7", "a b/c", "é?"]);

        Assert.Equal(
            [
                "posts/7/comments?page=1", "posts/7/comments?page=2", "posts/a%20b%2Fc/comments?page=1", "posts/a%20b%2Fc/comments?page=2",
                "posts/%C3%A9%3F/comments?page=1", "posts/%C3%A9%3F/comments?page=2",
            ],
            RestCase.Addresses(extract));
        Assert.Equal(["00001-00001", "00001-00002", "00002-00001", "00002-00002", "00003-00001", "00003-00002"], extract.Pages.Select(page => page.Part));
        Assert.Equal((6, 6), (extract.Records, extract.DeclaredRecords));
        Assert.Equal(RestCase.Addresses(extract).Order(StringComparer.Ordinal), api.Asked);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("")]
    public async Task Dependent_WhenAValueWouldLeadElsewhere_ThenIsRefused(string value)
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, "[]"));
        RestResource comments = RestCase.Users(api) with { Path = "posts/{resources.posts.id}/comments", Parent = new RestParent("posts", "id") };

        ReadException error = await RestCase.FailAsync(comments, parents: [value]);

        Assert.Equal($"users: posts/{{resources.posts.id}}/comments cannot be asked: `{value}` of `posts.id` cannot be part of a path.", error.Message);
        Assert.Empty(api.Log);
    }

    [Fact]
    public async Task Dependent_WhenTheParentHasNoValues_ThenThereAreNoPages()
    {
        RestResource comments = RestCase.Users(new Uri("http://127.0.0.1:1/")) with { Path = "posts/{resources.posts.id}", Parent = new RestParent("posts", "id") };

        Extracted extract = await RestCase.ExtractAsync(comments);

        Assert.Empty(extract.Pages);
        Assert.Equal((0, 0), (extract.Records, extract.Metrics.Requests));
    }

    [Theory]
    [InlineData(0, "00000")]
    [InlineData(99_999, "99999")]
    [InlineData(100_000, "a100000")]
    [InlineData(1_000_000, "b1000000")]
    public void Part_WhenThereAreMany_ThenStaysInOrder(long number, string part)
    {
        Assert.Equal(part, PartNumber.Of(number));
        Assert.True(string.CompareOrdinal(PartNumber.Of(number), PartNumber.Of(number + 1)) < 0);
    }
}
