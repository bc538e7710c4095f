using System.Text;
using Assay.Read.Rest;
using Microsoft.AspNetCore.Http;

namespace Assay.Read.Tests.Rest;

/// <summary>OAuth2's client credentials.</summary>
public class AccessTokenTests
{
    [Fact]
    public async Task Token_WhenManyPagesNeedIt_ThenIsFetchedOnceForAllResources()
    {
        await using StubApi api = await StubApi.StartAsync(context => Answer(context, expires: 3600));
        using var client = new RestClient(TimeProvider.System, _ => { });

        RestExtract users = await client.ExtractAsync(Users(api), new MemoryPageLedger(), [], null, CancellationToken.None);
        RestExtract others = await client.ExtractAsync(Users(api) with { Name = "others" }, new MemoryPageLedger(), [], null, CancellationToken.None);

        Assert.Equal((20, 20), (users.Records, others.Records));
        Assert.Single(api.Log, arrival => arrival.Address == "token");
        Assert.Equal((21, 20), (users.Metrics.Requests, others.Metrics.Requests));
    }

    [Fact]
    public async Task Token_WhenItIsAboutToExpire_ThenIsRenewedBefore()
    {
        var time = new ShiftedTime();
        await using StubApi api = await StubApi.StartAsync(context => Answer(context, expires: 3600));
        using var client = new RestClient(time, _ => { });

        await client.ExtractAsync(Users(api), new MemoryPageLedger(), [], null, CancellationToken.None);
        time.Shift = TimeSpan.FromMinutes(58);
        await client.ExtractAsync(Users(api), new MemoryPageLedger(), [], null, CancellationToken.None);
        int before = api.Log.Count(arrival => arrival.Address == "token");
        time.Shift = TimeSpan.FromMinutes(59.5);
        await client.ExtractAsync(Users(api), new MemoryPageLedger(), [], null, CancellationToken.None);

        Assert.Equal(1, before);
        Assert.Equal(2, api.Log.Count(arrival => arrival.Address == "token"));
        Assert.Equal(60, api.Log.Count(arrival => arrival.Headers.TryGetValue("Authorization", out string? value) && value.StartsWith("Bearer token-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Token_WhenItIsRefusedOnce_ThenIsFetchedAgain()
    {
        await using StubApi api = await StubApi.StartAsync(context => Answer(context, expires: 3600, good: "token-2"));

        Extracted extract = await RestCase.ExtractAsync(Users(api));

        Assert.Equal(20, extract.Records);
        Assert.Equal(2, api.Log.Count(arrival => arrival.Address == "token"));
        Assert.Equal(1, extract.Metrics.Retries["401"]);
    }

    [Fact]
    public async Task Token_WhenItIsAlwaysRefused_ThenThatIsAnError()
    {
        await using StubApi api = await StubApi.StartAsync(context => Answer(context, expires: 3600, good: "another"));

        ReadException error = await RestCase.FailAsync(Users(api));

        Assert.Equal("users: stub:users?page=1 answered 401 Unauthorized: check `client_id`, `client_secret` and `scope` of `auth`. It said: unknown token ***.", error.Message);
        Assert.Equal(2, api.Log.Count(arrival => arrival.Address == "token"));
    }

    [Fact]
    public async Task Token_WhenTheServerWantsTheSecretInTheForm_ThenGetsItThere()
    {
        await using StubApi api = await StubApi.StartAsync(async context =>
        {
            if (context.Request.Path == "/api/token" && !(await context.Request.ReadFormAsync()).ContainsKey("client_secret"))
            {
                await StubApi.Json(context, """{"error":"invalid_client"}""", 401);
                return;
            }

            await Answer(context, expires: 3600, isInForm: true);
        });

        Extracted extract = await RestCase.ExtractAsync(Users(api));

        Assert.Equal(20, extract.Records);
        Assert.Equal(2, api.Log.Count(arrival => arrival.Address == "token"));
    }

    [Theory]
    [InlineData(403, "no", "answered 403 Forbidden: check `client_id`, `client_secret` and `scope` of `auth`. It said: no.")]
    [InlineData(200, "{}", "has no `access_token`: check `access_token_url`.")]
    [InlineData(200, "access_token=abc", "is no JSON: check `access_token_url` (the last of 5 tries).")]
    public async Task Token_WhenThereIsNone_ThenTheErrorSaysSo(int status, string body, string message)
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, body, status));

        ReadException error = await RestCase.FailAsync(Users(api));

        Assert.Equal($"users: the token of stub:token {message}", error.Message);
        Assert.All(api.Log, arrival => Assert.Equal("token", arrival.Address));
    }

    private static RestResource Users(StubApi api) => RestCase.Users(api) with
    {
        Authentication = new RestAuthentication.OAuth2ClientCredentials(new Uri(api.Base, "token"), "assay:1", "s3cr&t!", "read:users"),
    };

    private static async Task Answer(HttpContext context, int expires, string? good = null, bool isInForm = false)
    {
        if (context.Request.Path == "/api/token")
        {
            IFormCollection form = await context.Request.ReadFormAsync();
            bool isRight = isInForm
                ? form["client_id"] == "assay:1" && form["client_secret"] == "s3cr&t!"
                : context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("assay%3A1:s3cr%26t%21"));
            Assert.True(isRight && context.Request.Method == "POST");
            Assert.Equal(("client_credentials", "read:users"), (form["grant_type"].ToString(), form["scope"].ToString()));
            await StubApi.Json(context, $"{{\"access_token\":\"token-{StubApi.Times(context)}\",\"token_type\":\"bearer\",\"expires_in\":{expires}}}");
            return;
        }

        string token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        await (good is null || token == good
            ? StubApi.Json(context, StubApi.Page(StubApi.Number(context, "page"), 1, 20))
            : StubApi.Json(context, $"unknown token {token}", 401));
    }
}
