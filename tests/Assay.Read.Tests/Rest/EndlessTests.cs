using Assay.Read.Rest;

namespace Assay.Read.Tests.Rest;

/// <summary>Pages that would go on for ever, and links that lead elsewhere.</summary>
public class EndlessTests
{
    [Theory]
    [InlineData("/api/{0}steal", "{0}steal")]
    [InlineData("/api///{1}/steal", "//{1}/steal")]
    [InlineData("/api//users", "/users")]
    public async Task Link_WhenAnotherHostIsNamedBelowTheBase_ThenTheRequestStaysWithTheHost(string link, string asked)
    {
        await using StubApi other = await StubApi.StartAsync(context => StubApi.Json(context, "{}"));
        string next = string.Format(System.Globalization.CultureInfo.InvariantCulture, link, other.Base.AbsoluteUri, other.Base.Authority);
        await using StubApi api = await StubApi.StartAsync(context =>
            StubApi.Json(context, $"{{\"data\":[{{\"id\":1}}],\"next\":{(StubApi.Times(context) == 1 && context.Request.Path == "/api/users" ? $"\"{next}\"" : "null")}}}"));

        foreach (string? label in new[] { "stub:", null })
        {
            Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api) with
            {
                BaseLabel = label,
                Paginator = new RestPaginator.JsonLink("next"),
                Authentication = new RestAuthentication.Bearer("s3cret"),
            });
            Assert.Equal(2, extract.Records);
            Assert.Equal(["users", string.Format(System.Globalization.CultureInfo.InvariantCulture, asked, other.Base.AbsoluteUri, other.Base.Authority)], api.Log.Select(arrival => arrival.Address));
            api.Log.Clear();
        }

        Assert.Empty(other.Log);
    }

    [Theory]
    [InlineData("/api/users")]
    [InlineData("?page=2")]
    [InlineData("")]
    public async Task Link_WhenItLeadsBack_ThenIsAnError(string next)
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            int page = StubApi.Number(context, "page");
            string link = page == 1 || next.Length == 0 ? $"?page={page % 3 + 1}" : next;
            return StubApi.Json(context, $"{{\"data\":[{{\"id\":{page}}}],\"next\":\"{link}\"}}");
        });

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Paginator = new RestPaginator.JsonLink("next") });

        Assert.Contains("which was asked for already: its pages would go on for ever", error.Message, StringComparison.Ordinal);
        Assert.InRange(api.Log.Count, 2, 4);
    }

    [Fact]
    public async Task Cursor_WhenItStaysTheSame_ThenIsAnErrorAndThePageIsNotKept()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, $"{{\"data\":[{{\"id\":{StubApi.Times(context)}}}],\"next\":\"abc\"}}"));
        var ledger = new MemoryPageLedger();

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Paginator = new RestPaginator.Cursor("next", "cursor") }, ledger);

        Assert.Equal(
            "users: stub:users?cursor=abc says that its next page is `users?cursor=abc`, which was asked for already: its pages would go on for ever; check `paginator`.",
            error.Message);
        Assert.NotNull(ledger.Find("users"));
        Assert.Null(ledger.Find("users?cursor=abc"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pages")]
    public async Task Page_WhenItRepeats_ThenIsAnError(string? total)
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, """{"data":[{"id":1}],"pages":1000}"""));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Paginator = new RestPaginator.PageNumber { TotalPath = total } });

        Assert.Contains(", and another is said to come: its pages would go on for ever; check the parameters of `paginator`", error.Message, StringComparison.Ordinal);
        Assert.InRange(api.Log.Count, 2, 20);
    }

    [Fact]
    public async Task EmptyPages_WhenThereAreSome_ThenAreAllowedAndEndlesslyManyAreNot()
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            int page = StubApi.Number(context, "page");
            bool isLast = context.Request.Path == "/api/few" && page == 30;
            context.Response.Headers.Link = isLast ? "" : $"<?page={page + 1}>; rel=next";
            return StubApi.Json(context, isLast ? """[{"id":1}]""" : "[]");
        });
        RestResource few = RestCase.Users(api) with { Path = "few", Record = null, Paginator = new RestPaginator.HeaderLink() };

        Extracted extract = await RestCase.ExtractAsync(few);
        ReadException error = await RestCase.FailAsync(few with { Path = "many" });

        Assert.Equal((30, 1), (extract.Pages.Count, extract.Records));
        Assert.Contains("is the last of 100 pages in a row without a record", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://other.example/api/users?page=2", "http://other.example")]
    [InlineData("//other.example/users", "http://other.example")]
    [InlineData("https://127.0.0.1/api/users", "https://127.0.0.1")]
    [InlineData("http://s3cret@127.0.0.1:PORT/api/users", "http://127.0.0.1:PORT")]
    public async Task Link_WhenItLeadsToAnotherHost_ThenIsNotFollowed(string link, string host)
    {
        StubApi? self = null;
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, $"{{\"data\":[],\"next\":\"{link.Replace("PORT", $"{self!.Port}", StringComparison.Ordinal)}\"}}"));
        self = api;

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Paginator = new RestPaginator.JsonLink("next") });

        Assert.StartsWith(
            $"users: stub:users says that its next page is at {host.Replace("PORT", $"{api.Port}", StringComparison.Ordinal)}, not at stub:, and is not followed: credentials never leave",
            error.Message, StringComparison.Ordinal);
        Assert.Single(api.Log);
    }

    [Fact]
    public async Task Link_WhenItIsNoAddress_ThenIsAnError()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, """{"data":[],"next":"mailto:someone"}"""));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Paginator = new RestPaginator.JsonLink("next") });

        Assert.Equal("users: stub:users says that its next page is at mailto:someone, which is no address.", error.Message);
    }

    [Fact]
    public async Task Redirect_WhenItStaysWithTheHost_ThenIsFollowedWithTheKeyAndElsewhereIsNot()
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            string path = context.Request.Path;
            if (path == "/api/people")
            {
                return StubApi.Json(context, $"{{\"data\":[{{\"id\":{(context.Request.Query["key"] == "s3cret" ? 1 : 0)}}}]}}");
            }

            context.Response.StatusCode = 302;
            context.Response.Headers.Location = path switch
            {
                "/api/users" => "/api/people" + context.Request.QueryString,
                "/api/away" => "https://other.example/",
                _ => "/api/round",
            };
            return Task.CompletedTask;
        });
        RestResource users = RestCase.Users(api) with
        {
            Paginator = RestPaginator.SinglePage,
            Authentication = new RestAuthentication.ApiKey("key", "s3cret", ApiKeyLocation.Query),
        };
        var ledger = new MemoryPageLedger();

        Extracted extract = await RestCase.ExtractAsync(users, ledger);
        ReadException away = await RestCase.FailAsync(users with { Path = "away" });
        ReadException round = await RestCase.FailAsync(users with { Path = "round" });

        Assert.Equal(["users"], RestCase.Addresses(extract));
        Assert.Equal([1], RestCase.Ids(extract, ledger));
        Assert.StartsWith("users: stub:away says that the resource is at https://other.example, not at stub:", away.Message, StringComparison.Ordinal);
        Assert.Equal("users: stub:round was redirected more than 5 times: set `base_url` and `path` to where the resource is.", round.Message);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/", "users", "`base_url` is no http or https address")]
    [InlineData("http://me:s3cret@127.0.0.1/", "users", "`base_url` has more than a host and a path")]
    [InlineData("http://127.0.0.1/?key=s3cret", "users", "`base_url` has more than a host and a path")]
    [InlineData("http://127.0.0.1/", "users?page=1", "`path` is `users?page=1`, where a path below `base_url` is expected")]
    [InlineData("http://127.0.0.1/", "http://127.0.0.1/users", "where a path below `base_url` is expected")]
    public async Task Address_WhenItCannotBeAsked_ThenIsRefusedWithoutSecrets(string address, string path, string what)
    {
        ReadException error = await RestCase.FailAsync(RestCase.Users(new Uri(address)) with { Path = path });

        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }
}
