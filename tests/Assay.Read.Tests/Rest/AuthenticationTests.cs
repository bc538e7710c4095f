using System.Text;
using Assay.Read.Rest;
using Microsoft.AspNetCore.Http;

namespace Assay.Read.Tests.Rest;

public class AuthenticationTests
{
    public static TheoryData<string> Kinds => ["bearer", "http_basic", "header", "query", "cookie"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Request_WhenThereIsAnAuth_ThenCarriesItAndNothingElseShowsIt(string kind)
    {
        await using StubApi api = await StubApi.StartAsync(context => IsRight(context, kind)
            ? StubApi.Json(context, $"{{\"data\":[{{\"id\":1}}],\"next\":{(context.Request.Query.ContainsKey("page") ? "null" : "\"?page=2&the-key=s3cr%26t!\"")}}}")
            : StubApi.Json(context, "{}", 401));
        RestResource users = RestCase.Users(api) with { Authentication = Of(kind), Paginator = new RestPaginator.JsonLink("next") };

        Extracted extract = await RestCase.ExtractAsync(users);

        Assert.Equal(2, extract.Records);
        Assert.Equal(kind == "query" ? ["users", "users?page=2"] : new[] { "users", "users?page=2&the-key=s3cr%26t!" }, RestCase.Addresses(extract));
        Assert.Equal(kind == "query" ? "users?page=2" : "users?page=2&the-key=s3cr%26t!", extract.Pages[0].Next);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Refusal_WhenTheApiSaysTheSecretAgain_ThenTheErrorDoesNot(string kind)
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, """{"error":"no such key: s3cr&t!"}""", 403));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Authentication = Of(kind) });

        Assert.DoesNotContain("s3cr", error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("users: stub:users?page=1 answered 403 Forbidden: check ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("""It said: {"error":"no such key: ***"}.""", error.Message, StringComparison.Ordinal);
        Assert.Equal("stub:users?page=1", error.File);
        Assert.Single(api.Log);
    }

    [Fact]
    public async Task Refusal_WhenTheApiSaysTheHeaderAgain_ThenTheErrorDoesNot()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, $"{{\"you\":\"{context.Request.Headers.Authorization}\"}}", 403));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Authentication = new RestAuthentication.HttpBasic("me", "s3cret") });

        Assert.EndsWith("""It said: {"you":"Basic ***"}.""", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_WhenThereIsNoAuth_ThenTheErrorSaysThatOneIsNeeded()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, "", 401));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api));

        Assert.Equal("users: stub:users?page=1 answered 401 Unauthorized: the API wants to know who asks, and the source has no `auth`. It said nothing.", error.Message);
    }

    [Fact]
    public async Task Headers_WhenThereAreSome_ThenAreSentAndTheUsualOnesGiveWay()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, StubApi.Page(1, 1, 1)));

        await RestCase.ExtractAsync(RestCase.Users(api) with { Headers = [new("Accept", "application/vnd.api+json"), new("X-Tenant", "union 7")] });

        StubApi.Arrival arrival = Assert.Single(api.Log);
        Assert.Equal("application/vnd.api+json", arrival.Headers["Accept"]);
        Assert.Equal("union 7", arrival.Headers["X-Tenant"]);
        Assert.Equal("assay", arrival.Headers["User-Agent"]);
        Assert.False(arrival.Headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData("X-Bad", "a\r\nX-Evil: 1")]
    [InlineData("X-Bad", "Ünion")]
    [InlineData("Content-Type", "text/plain")]
    [InlineData("no name", "x")]
    public async Task Headers_WhenOneCannotBeSent_ThenIsRefusedWithoutItsValue(string name, string value)
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, StubApi.Page(1, 1, 1)));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Headers = [new(name, value)] });

        Assert.Equal($"users: stub:users?page=1 cannot be asked: the header `{name}` cannot be sent with a request, which has ASCII text alone; check `headers` and `auth`.", error.Message);
        Assert.Empty(api.Log);
    }

    private static RestAuthentication Of(string kind) => kind switch
    {
        "bearer" => new RestAuthentication.Bearer("s3cr&t!"),
        "http_basic" => new RestAuthentication.HttpBasic("zoë", "s3cr&t!"),
        "header" => new RestAuthentication.ApiKey("x-api-key", "s3cr&t!", ApiKeyLocation.Header),
        "query" => new RestAuthentication.ApiKey("the-key", "s3cr&t!", ApiKeyLocation.Query),
        _ => new RestAuthentication.ApiKey("session", "s3cr&t!", ApiKeyLocation.Cookie),
    };

    private static bool IsRight(HttpContext context, string kind) => kind switch
    {
        "bearer" => context.Request.Headers.Authorization == "Bearer s3cr&t!",
        "http_basic" => context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("zoë:s3cr&t!")),
        "header" => context.Request.Headers["x-api-key"] == "s3cr&t!",
        "query" => context.Request.Query["the-key"] == "s3cr&t!",
        _ => context.Request.Headers.Cookie == "session=s3cr&t!",
    };
}
