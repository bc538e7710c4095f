using System.Text.Json;
using Assay.App.Server;
using Assay.Store;

namespace Assay.App.Tests.Server;

/// <summary>What there is beside jobs: pipelines, figures, quarantine, runs, metrics, and the description of it all.</summary>
public sealed class ApiTests
{
    [Fact]
    public async Task Results_WhenAJobHasRun_ThenAreFoundByPipelineRunAndKpi()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        JsonElement job = await server.EndOfAsync(await server.UploadAsync());
        string run = job.GetProperty("results").GetProperty("run_id").GetString()!;

        Assert.Equal(run, (await server.GetAsync("/runs")).Body.GetProperty("runs")[0].GetProperty("run_id").GetString());
        Assert.Equal(3, (await server.GetAsync($"/runs/{run}")).Body.GetProperty("books").GetProperty("sales").GetProperty("read").GetInt32());
        (_, JsonElement pipeline) = await server.GetAsync("/pipelines/sales");
        Assert.Equal(run, pipeline.GetProperty("last_runs")[0].GetProperty("run_id").GetString());
        Assert.Equal("monthly_sales_summary", pipeline.GetProperty("kpis")[0].GetProperty("name").GetString());
        Assert.Equal(["content", "customers", "orders", "sales"], (await server.GetAsync("/pipelines")).Body.GetProperty("pipelines").EnumerateArray().Select(one => one.GetProperty("name").GetString()!));
        Assert.Equal("sales", (await server.GetAsync("/pipelines/sales/plan")).Body.GetProperty("pipeline").GetString());
        Assert.Equal("2024-01", (await server.GetAsync("/kpis/sales/monthly_sales_summary")).Body[0].GetProperty("month").GetString());
        (_, JsonElement set) = await server.GetAsync($"/quarantine/{run}?code=not_between&column=quantity");
        Assert.Equal("-1", set[0].GetProperty("value").GetString());
        Assert.Equal(0, (await server.GetAsync($"/quarantine/{run}?code=required")).Body.GetArrayLength());
        using var csv = new HttpRequestMessage(HttpMethod.Get, "/kpis/sales/region_wise_performance");
        csv.Headers.Accept.ParseAdd("text/csv");
        using HttpResponseMessage answer = await server.Client.SendAsync(csv);
        Assert.StartsWith("region,revenue,quantity", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipeline_WhenItKeepsLayers_ThenItsJobsRunOnTheSharedHome()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        string first = (await server.PostAsync("/run-pipeline?pipeline=orders")).Body.GetProperty("job_id").GetString()!;
        string second = (await server.PostAsync("/run-pipeline?pipeline=orders")).Body.GetProperty("job_id").GetString()!;
        JsonElement job = await server.EndOfAsync(first);
        Assert.Equal("completed", job.GetProperty("status").GetString());
        JsonElement again = await server.EndOfAsync(second);

        Assert.Equal("completed", again.GetProperty("status").GetString());
        Assert.NotNull(server.Home.CurrentGold("orders"));
        Assert.Equal(400, (await server.PostAsync("/run-pipeline?pipeline=orders&num_rows=200")).Status);
        Assert.NotEmpty(job.GetProperty("results").GetProperty("saved_files").EnumerateObject());
    }

    [Fact]
    public async Task Metrics_WhenAJobHasRun_ThenCountIt()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        await server.EndOfAsync(await server.UploadAsync());

        string text = await server.Client.GetStringAsync("/metrics");

        Assert.Contains("assay_jobs{status=\"completed\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("assay_rows_total{pipeline=\"sales\",outcome=\"accepted\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("assay_rejects_total{pipeline=\"sales\",code=\"not_between\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("assay_queue_depth 0\n", text, StringComparison.Ordinal);
        Assert.Contains("assay_http_requests_total{method=\"POST\",route=\"/upload\",status=\"200\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("assay_job_duration_seconds_count 1\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi.json")]
    [InlineData("/docs/swagger-ui.css")]
    [InlineData("/docs/swagger-ui-bundle.js")]
    [InlineData("/docs/start.js")]
    public async Task Address_WhenAskedFor_ThenAnswers(string path)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();

        using HttpResponseMessage answer = await server.Client.GetAsync(path);

        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Plan_WhenAnotherPipelineOwnsTheTable_ThenSaysSo()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using (StateDatabase state = StateDatabase.Open(server.Home))
        {
            state.Claim("shop", [new OwnedName(OwnedKind.Silver, "orders")]);
        }

        (int status, JsonElement body) = await server.GetAsync("/pipelines/orders/plan");

        Assert.Equal((409, "cannot_plan"), (status, body.GetProperty("error_type").GetString()));
        Assert.Contains("belongs to the pipeline `shop`", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C:\\temp\\a.csv", "a.csv")]
    [InlineData("../../a\u0000\u202Eb.csv", "ab.csv")]
    public void Label_WhenANameIsOdd_ThenShowsItsLastPart(string name, string label) => Assert.Equal(label, FileLabel.Of(name));

    [Theory]
    [InlineData(".csv")]
    [InlineData("a.csv")]
    public void Label_WhenANameIsLong_ThenNoLetterIsCutInTwo(string end)
    {
        string label = FileLabel.Of(string.Concat(Enumerable.Repeat("😀", 300)) + end);

        Assert.EndsWith("😀" + end, label, StringComparison.Ordinal);
        Assert.True(label.Length is >= 198 and <= 200);
        Assert.DoesNotContain(label.EnumerateRunes(), rune => rune == System.Text.Rune.ReplacementChar);
    }

    [Fact]
    public async Task Root_WhenABrowserAsks_ThenLeadsToTheDashboard()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");

        using HttpResponseMessage answer = await server.Client.SendAsync(request);

        Assert.Equal((302, "/dashboard/"), ((int)answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task Description_WhenRead_ThenNamesEveryAddressWithItsValues()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        (_, JsonElement api) = await server.GetAsync("/openapi/v1.json");

        JsonElement paths = api.GetProperty("paths");
        foreach (string path in new[]
        {
            "/", "/health", "/run-pipeline", "/run-large-scale-test", "/upload", "/status/{id}", "/jobs", "/jobs/{id}", "/jobs/{id}/cancel", "/jobs/{id}/retry",
            "/jobs/{id}/events", "/download/{id}", "/job-data/{id}/{filename}", "/dashboard-data/{id}", "/dashboard-view/{id}", "/job-dashboard/{id}",
            "/pipelines", "/pipelines/{name}", "/pipelines/{name}/plan", "/quarantine/{run}", "/kpis/{pipeline}/{kpi}", "/runs", "/metrics",
        })
        {
            Assert.True(paths.TryGetProperty(path, out _), path);
        }

        Assert.False(paths.TryGetProperty("/docs", out _));
        Assert.False(paths.GetProperty("/health").GetProperty("get").TryGetProperty("security", out _));
        Assert.Equal("key", paths.GetProperty("/jobs").GetProperty("get").GetProperty("security")[0].EnumerateObject().Single().Name);
        Assert.Equal("Jobs", paths.GetProperty("/upload").GetProperty("post").GetProperty("tags")[0].GetString());
        JsonElement rows = paths.GetProperty("/run-pipeline").GetProperty("post").GetProperty("parameters").EnumerateArray().First(one => one.GetProperty("name").GetString() == "num_rows");
        Assert.Equal((100, 1_000_000), (rows.GetProperty("schema").GetProperty("minimum").GetInt32(), rows.GetProperty("schema").GetProperty("maximum").GetInt32()));
    }
}
