using System.Net;
using System.Text;
using System.Text.Json;
using Assay.App.Server;
using Assay.Store;
using Microsoft.AspNetCore.Routing;

namespace Assay.App.Tests.Server;

/// <summary>Who may do what, and what is kept from those who may not.</summary>
public sealed class SecurityTests
{
    [Fact]
    public async Task Start_WhenOthersCouldReachItWithoutAKey_ThenIsRefusedWithTheWayOut()
    {
        UsageException refused = await Assert.ThrowsAsync<UsageException>(() => ServerUnderTest.StartAsync(options => options with { Host = "0.0.0.0" }));

        Assert.Contains("assay serve keys add NAME --role run", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_WhenAServerUsesIt_ThenIsRefusedToAnother()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();

        await Assert.ThrowsAsync<StoreException>(() => ServerUnderTest.StartAsync(home: server.Home.Root));
    }

    [Theory]
    [InlineData(null, "GET", "/jobs", 401)]
    [InlineData(null, "GET", "/health", 200)]
    [InlineData("wrong", "GET", "/jobs", 401)]
    [InlineData("read", "GET", "/jobs", 200)]
    [InlineData("read", "GET", "/metrics", 200)]
    [InlineData("read", "POST", "/run-pipeline?num_rows=100", 403)]
    [InlineData("read", "DELETE", "/jobs/none", 403)]
    [InlineData("run", "POST", "/run-pipeline?num_rows=100&keep_silver=false", 200)]
    [InlineData("run", "DELETE", "/jobs/none", 404)]
    [InlineData("run", "GET", "/quarantine/none?unmask=true", 403)]
    [InlineData("admin", "GET", "/quarantine/none?unmask=true", 404)]
    public async Task Request_WhenKeysAreNeeded_ThenTheRoleDecides(string? role, string method, string path, int status)
    {
        string home = Directory.CreateTempSubdirectory("assay-server-").FullName;
        try
        {
            var keys = new Dictionary<string, string> { ["wrong"] = "assay_" + new string('0', 64) };
            using (JobDatabase jobs = JobDatabase.Open(new AssayHome(home)))
            {
                foreach (ApiRole one in Enum.GetValues<ApiRole>())
                {
                    keys[ApiKeys.Text(one)] = jobs.Keys.Add(ApiKeys.Text(one), one, TimeProvider.System.GetUtcNow())!;
                }
            }

            await using ServerUnderTest server = await ServerUnderTest.StartAsync(home: home);
            using HttpClient client = server.NewClient(role is null ? null : keys[role]);
            using HttpResponseMessage answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

            Assert.Equal(status, (int)answer.StatusCode);
            Assert.DoesNotContain(keys["admin"], Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(home, "jobs.db"))), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public async Task Job_WhenItIsAnothers_ThenOnlyAnAdminMayChangeIt()
    {
        string home = Directory.CreateTempSubdirectory("assay-server-").FullName;
        try
        {
            string[] keys;
            using (JobDatabase jobs = JobDatabase.Open(new AssayHome(home)))
            {
                DateTimeOffset now = TimeProvider.System.GetUtcNow();
                keys = [jobs.Keys.Add("ann", ApiRole.Run, now)!, jobs.Keys.Add("bob", ApiRole.Run, now)!, jobs.Keys.Add("eve", ApiRole.Admin, now)!];
                Assert.Null(jobs.Keys.Add("ann", ApiRole.Admin, now));
            }

            await using ServerUnderTest server = await ServerUnderTest.StartAsync(home: home);
            using HttpClient ann = server.NewClient(keys[0]);
            using HttpClient bob = server.NewClient(keys[1]);
            using HttpClient eve = server.NewClient(keys[2]);
            using HttpResponseMessage started = await ann.PostAsync("/run-pipeline?num_rows=100&keep_silver=false", null);
            string id = (await ServerUnderTest.ReadAsync(started)).Body.GetProperty("job_id").GetString()!;

            Assert.Equal(HttpStatusCode.Forbidden, (await bob.DeleteAsync($"/jobs/{id}")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await eve.DeleteAsync($"/jobs/{id}")).StatusCode);
            string[] audit = File.ReadAllLines(Directory.GetFiles(Path.Combine(home, "audit")).Single());
            Assert.Equal(
                [("ann", "POST", 200), ("bob", "DELETE", 403), ("eve", "DELETE", 200)],
                audit.Select(line => JsonDocument.Parse(line).RootElement)
                    .Select(line => (line.GetProperty("who").GetString()!, line.GetProperty("method").GetString()!, line.GetProperty("status").GetInt32())));
            Assert.All(audit, line => Assert.Contains(id, line, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Theory]
    [InlineData("Host", "evil.example", "GET", 403)]
    [InlineData("Host", "localhost", "GET", 200)]
    [InlineData("Origin", "https://evil.example", "POST", 403)]
    [InlineData("Origin", "https://shop.example", "POST", 200)]
    [InlineData("Origin", "https://evil.example", "GET", 200)]
    public async Task Request_WhenAnotherPageMadeTheBrowserSendIt_ThenIsRefused(string header, string value, string method, int status)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(options => options with { CorsOrigins = ["https://shop.example"] });
        using var request = new HttpRequestMessage(new HttpMethod(method), method == "GET" ? "/jobs" : "/run-pipeline?num_rows=100&keep_silver=false");
        request.Headers.TryAddWithoutValidation(header, value);

        using HttpResponseMessage answer = await server.Client.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(value == "https://shop.example", answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData(403, "Origin: null")]
    [InlineData(403, "Origin: https://evil.example", "Origin: http://127.0.0.1:{port}")]
    [InlineData(200, "Origin: http://127.0.0.1:{port}")]
    [InlineData(200, "Origin: https://assay.example", "Host: assay.example")]
    [InlineData(200, "Origin: https://assay.example", "Sec-Fetch-Site: same-origin")]
    [InlineData(403, "Sec-Fetch-Site: cross-site")]
    [InlineData(403, "Sec-Fetch-Site: same-site")]
    [InlineData(200, "Sec-Fetch-Site: none")]
    public async Task Upload_WhenABrowserSendsIt_ThenItsPageMustBeTheServersOwn(int status, params string[] headers)
    {
        string home = Directory.CreateTempSubdirectory("assay-server-").FullName;
        try
        {
            string key;
            using (JobDatabase jobs = JobDatabase.Open(new AssayHome(home)))
            {
                key = jobs.Keys.Add("ann", ApiRole.Run, TimeProvider.System.GetUtcNow())!;
            }

            await using ServerUnderTest server = await ServerUnderTest.StartAsync(home: home);
            using HttpClient client = server.NewClient(key);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/upload?keep_silver=false") { Content = ServerUnderTest.Form("a.csv", ServerUnderTest.Csv) };
            foreach (string[] header in headers.Select(header => header.Replace("{port}", $"{client.BaseAddress!.Port}", StringComparison.Ordinal).Split(": ")))
            {
                request.Headers.TryAddWithoutValidation(header[0], header[1]);
            }

            using HttpResponseMessage answer = await client.SendAsync(request);

            Assert.Equal(status, (int)answer.StatusCode);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public async Task PersonalData_WhenItIsShown_ThenTheAuditSaysToWhom()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        string job = await server.UploadAsync(query: "");
        await server.EndOfAsync(job);
        string run = (await server.GetAsync($"/dashboard/data/jobs/{job}/run")).Body.GetProperty("run_id").GetString()!;

        await server.GetAsync($"/quarantine/{run}");
        await server.GetAsync($"/quarantine/{run}?unmask=true&code={new string('x', 2_000)}");
        await server.Client.GetStringAsync($"/quarantine/{run}/export");

        JsonElement[] audit = [.. File.ReadAllLines(Directory.GetFiles(Path.Combine(server.Home.Root, "audit")).Single()).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(
            [("POST", "/upload"), ("GET", $"/quarantine/{run}"), ("GET", $"/quarantine/{run}/export")],
            audit.Select(line => (line.GetProperty("method").GetString(), line.GetProperty("path").GetString())));
        Assert.StartsWith("?unmask=true", audit[1].GetProperty("query").GetString(), StringComparison.Ordinal);
        Assert.True(audit[1].GetProperty("query").GetString()!.Length < 600);
    }

    [Fact]
    public void Keys_WhenTheyAreLongerThanAny_ThenAreNobodys()
    {
        string home = Directory.CreateTempSubdirectory("assay-server-").FullName;
        try
        {
            using JobDatabase jobs = JobDatabase.Open(new AssayHome(home));
            string key = jobs.Keys.Add("ann", ApiRole.Run, TimeProvider.System.GetUtcNow())!;
            var ring = new KeyRing(jobs.Keys, TimeProvider.System);
            long before = GC.GetAllocatedBytesForCurrentThread();

            Assert.Null(ring.Find(key + new string('x', 30_000)));
            Assert.Null(ring.Find(key[..^1]));
            Assert.Equal("ann", ring.Find(key)?.Name);
            Assert.Equal("ann", ring.Find(key)?.Name);
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public async Task Endpoints_WhenMapped_ThenEachSaysWhoMayUseIt()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        string[] open = [.. server.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<Access>() is not { Role: not null }).Select(endpoint => endpoint.RoutePattern.RawText!).Where(pattern => !pattern.StartsWith("/dashboard/", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];

        Assert.Equal(["/", "/docs", "/docs/start.js", "/health", "/health/live", "/health/ready", "/openapi.json", "/openapi/v1.json"], open);
        Assert.All(server.Endpoints, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<Access>()));
        Assert.All(
            server.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Any(method => method is not ("GET" or "HEAD"))),
            endpoint => Assert.True(endpoint.Metadata.GetMetadata<Access>()!.Role >= ApiRole.Run));
    }

    [Fact]
    public async Task Requests_WhenTooMany_ThenAre429WithRetryAfter()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(options => options with { RateLimit = 5 });
        var statuses = new List<HttpStatusCode>();
        for (int i = 0; i < 20; i++)
        {
            using HttpResponseMessage answer = await server.Client.GetAsync("/jobs");
            statuses.Add(answer.StatusCode);
            Assert.Equal(answer.StatusCode == HttpStatusCode.TooManyRequests, answer.Headers.RetryAfter is not null);
        }

        Assert.Contains(HttpStatusCode.OK, statuses);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    [Fact]
    public async Task Pages_WhenNamesHoldMarkup_ThenItIsEscapedAndNoScriptIsInline()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        (_, JsonElement body) = await server.PostAsync("/upload?keep_silver=false", ServerUnderTest.Form("<script>alert(1)<'>.csv", ServerUnderTest.Csv));
        string id = body.GetProperty("job_id").GetString()!;
        await server.EndOfAsync(id);

        foreach (string path in new[] { "/dashboard/", $"/dashboard-view/{id}", $"/job-dashboard/{id}", "/docs" })
        {
            using HttpResponseMessage answer = await server.Client.GetAsync(path);
            string page = await answer.Content.ReadAsStringAsync();
            Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
            Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
    }
}
