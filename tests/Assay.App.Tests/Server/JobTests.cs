using System.Text.Json;
using Assay.App.Server;
using Assay.Store;
using Microsoft.Data.Sqlite;

namespace Assay.App.Tests.Server;

/// <summary>Jobs wait, run, end, are stopped, tried again and forgotten; none is lost.</summary>
public sealed class JobTests
{
    private const string Long = "/run-large-scale-test?num_rows=4000000&keep_silver=false";

    [Fact]
    public async Task Queue_WhenFull_ThenIs429WithRetryAfter()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(options => options with { MaxJobs = 1, MaxQueued = 1 });
        (_, JsonElement running) = await server.PostAsync(Long);
        await server.UntilAsync(running.GetProperty("job_id").GetString()!, status => status == "processing");
        await server.UploadAsync();

        using HttpResponseMessage answer = await server.Client.PostAsync("/upload", ServerUnderTest.Form("a.csv", ServerUnderTest.Csv));
        (int status, JsonElement body) = await ServerUnderTest.ReadAsync(answer);

        Assert.Equal((429, "queue_full"), (status, body.GetProperty("error_type").GetString()));
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(200, (await server.PostAsync($"/jobs/{running.GetProperty("job_id").GetString()}/cancel")).Status);
    }

    [Fact]
    public async Task Request_WhenRepeatedUnderItsKey_ThenIsDoneOnce()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        server.Client.DefaultRequestHeaders.Add("Idempotency-Key", "today");

        string first = await server.UploadAsync();
        string second = await server.UploadAsync();
        (int other, JsonElement refused) = await server.PostAsync("/run-pipeline?num_rows=100");

        Assert.Equal(first, second);
        Assert.Equal(1, (await server.GetAsync("/jobs")).Body.GetProperty("total_count").GetInt32());
        Assert.Equal((422, "idempotency_key_reused"), (other, refused.GetProperty("error_type").GetString()));
    }

    [Fact]
    public async Task Request_WhenRepeatedUnderItsKeyAtTheSameMoment_ThenIsDoneOnceAndLeavesOneFolder()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        server.Client.DefaultRequestHeaders.Add("Idempotency-Key", "now");

        string[] ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.UploadAsync()));
        await server.EndOfAsync(ids[0]);

        Assert.Single(ids.Distinct());
        Assert.Equal([ids[0]], Directory.GetDirectories(server.Home.Jobs).Select(path => Path.GetFileName(path)).Where(name => name != ".receiving"));
        Assert.Equal([], Directory.GetFileSystemEntries(Path.Combine(server.Home.Jobs, ".receiving")));
    }

    [Fact]
    public async Task Jobs_WhenSomeAreAddedBetweenTwoPages_ThenNoneIsListedTwiceOrLeftOut()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        string[] before = [await server.UploadAsync(), await server.UploadAsync(), await server.UploadAsync(), await server.UploadAsync()];
        (_, JsonElement first) = await server.GetAsync("/jobs?limit=2");
        await server.UploadAsync();
        await server.UploadAsync();

        (_, JsonElement second) = await server.GetAsync($"/jobs?limit=2&cursor={first.GetProperty("next_cursor").GetString()}");

        Assert.Equal(before.Reverse(), Ids(first).Concat(Ids(second)));
        Assert.Equal(6, second.GetProperty("total_count").GetInt32());
    }

    [Fact]
    public async Task Running_WhenCancelled_ThenEndsAndCanBeTriedAgainOrDeleted()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        string id = (await server.PostAsync(Long)).Body.GetProperty("job_id").GetString()!;
        await server.UntilAsync(id, status => status == "processing");

        (int status, JsonElement cancelled) = await server.PostAsync($"/jobs/{id}/cancel");
        Assert.Equal((200, "cancelled"), (status, cancelled.GetProperty("status").GetString()));
        Assert.Equal(409, (await server.PostAsync($"/jobs/{id}/cancel")).Status);
        Assert.Equal(400, (await server.GetAsync($"/download/{id}?file_type=summary")).Status);

        (status, JsonElement again) = await server.PostAsync($"/jobs/{id}/retry");
        Assert.Equal(200, status);
        Assert.Contains(again.GetProperty("status").GetString(), new[] { "queued", "processing" });
        await server.UntilAsync(id, state => state == "processing");
        Assert.Equal(200, (await server.DeleteAsync($"/jobs/{id}")).Status);
        Assert.Equal(404, (await server.GetAsync($"/status/{id}")).Status);
        Assert.False(Directory.Exists(server.Home.Job(id)));
    }

    [Fact]
    public async Task Running_WhenTheServerEnds_ThenWaitsForTheNext()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(options => options with { Grace = TimeSpan.Zero });
        string id = (await server.PostAsync("/run-large-scale-test?num_rows=1000000&keep_silver=false")).Body.GetProperty("job_id").GetString()!;
        await server.UntilAsync(id, status => status == "processing");

        await server.RestartAsync();
        JsonElement job = await server.EndOfAsync(id);

        Assert.Equal(("completed", 1), (job.GetProperty("status").GetString(), job.GetProperty("attempt").GetInt32()));
        Assert.Equal(1_000_000, job.GetProperty("results").GetProperty("data_quality_stats").GetProperty("records_processed").GetInt32());
    }

    [Fact]
    public async Task Server_WhenAProcessLeftJobsRunning_ThenTakesThemUpOrFailsThem()
    {
        string home = Directory.CreateTempSubdirectory("assay-server-").FullName;
        try
        {
            using (JobDatabase jobs = JobDatabase.Open(new AssayHome(home)))
            {
                Leave(jobs, "thrice", attempts: 3);
                Leave(jobs, "once", attempts: 1);
            }

            Directory.CreateDirectory(Path.Combine(home, "jobs", "forgotten"));
            await using ServerUnderTest server = await ServerUnderTest.StartAsync(home: home);
            JsonElement once = await server.EndOfAsync("once");
            JsonElement thrice = await server.EndOfAsync("thrice");

            Assert.Equal(("completed", 2), (once.GetProperty("status").GetString(), once.GetProperty("attempt").GetInt32()));
            Assert.Equal(("failed", "interrupted"), (thrice.GetProperty("status").GetString(), thrice.GetProperty("error_type").GetString()));
            Assert.False(Directory.Exists(Path.Combine(home, "jobs", "forgotten")));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public async Task End_WhenTheDatabaseCannotBeWrittenForAWhile_ThenIsWrittenDownLater()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var database = new SqliteConnection($"Data Source={Path.Combine(server.Home.Root, "jobs.db")};Pooling=False");
        database.Open();
        Execute(database, "CREATE TRIGGER full BEFORE UPDATE ON jobs WHEN NEW.ended_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'no space'); END");
        string id = await server.UploadAsync();
        await server.UntilAsync(id, _ => Directory.Exists(Path.Combine(server.Home.Job(id), "output")));
        await Task.Delay(1_500);
        Assert.Equal("processing", (await server.GetAsync($"/status/{id}")).Body.GetProperty("status").GetString());

        Execute(database, "DROP TRIGGER full");

        Assert.Equal("completed", (await server.EndOfAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Cancel_WhenTheJobIsTakenAtThatMoment_ThenItIsStoppedNevertheless()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        for (int i = 0; i < 20; i++)
        {
            string id = (await server.PostAsync(Long)).Body.GetProperty("job_id").GetString()!;
            (int status, JsonElement job) = await server.PostAsync($"/jobs/{id}/cancel");
            Assert.Equal((200, "cancelled"), (status, job.GetProperty("status").GetString()));
        }
    }

    [Fact]
    public async Task Events_WhenAJobRuns_ThenMoveUntilItsEnd()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        string id = (await server.PostAsync("/run-large-scale-test?num_rows=2000000&keep_silver=false")).Body.GetProperty("job_id").GetString()!;

        using HttpResponseMessage answer = await server.Client.GetAsync($"/jobs/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        string text = await answer.Content.ReadAsStringAsync();

        string[] events = [.. text.Split('\n').Where(line => line.StartsWith("event: ", StringComparison.Ordinal))];
        long[] rows = [.. text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line[6..]).RootElement)
            .Where(data => data.TryGetProperty("progress", out _)).Select(data => data.GetProperty("progress").GetProperty("rows").GetInt64())];
        Assert.True(rows.Distinct().Count() >= 2, text);
        Assert.Equal("event: end", events[^1]);
        Assert.Contains("\"status\":\"completed\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_WhenListed_ThenAreFilteredCountedAndPaged()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        var ids = new List<string>();
        for (int i = 0; i < 3; i++)
        {
            ids.Add(await server.UploadAsync());
            await server.EndOfAsync(ids[^1]);
        }

        (_, JsonElement first) = await server.GetAsync("/jobs?limit=2&status=completed&type=upload&pipeline=sales");
        Assert.Equal((3, 3), (first.GetProperty("total_count").GetInt32(), first.GetProperty("filtered_count").GetInt32()));
        Assert.Equal([ids[2], ids[1]], Ids(first));
        (_, JsonElement second) = await server.GetAsync($"/jobs?limit=2&cursor={first.GetProperty("next_cursor").GetString()}");
        Assert.Equal([ids[0]], Ids(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next_cursor").ValueKind);
        Assert.Equal([], Ids((await server.GetAsync("/jobs?status=failed")).Body));
        Assert.Equal([], Ids((await server.GetAsync("/jobs?pipeline=orders")).Body));
    }

    [Fact]
    public async Task Jobs_WhenTooMany_ThenTheOldestGo()
    {
        string home = Directory.CreateTempSubdirectory("assay-server-").FullName;
        try
        {
            string oldest;
            await using (ServerUnderTest server = await ServerUnderTest.StartAsync(home: home))
            {
                oldest = await server.UploadAsync();
                await server.EndOfAsync(oldest);
                await server.EndOfAsync(await server.UploadAsync());
            }

            await using ServerUnderTest next = await ServerUnderTest.StartAsync(options => options with { KeepJobs = 1 }, home);
            Assert.Equal(404, (await next.GetAsync($"/status/{oldest}")).Status);
            Assert.Equal(1, (await next.GetAsync("/jobs")).Body.GetProperty("total_count").GetInt32());
            Assert.False(Directory.Exists(next.Home.Job(oldest)));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public async Task OldServer_WhenItLeftJobs_ThenTheyAreTakenInOnce()
    {
        const string Known = "40899ba7-b831-4627-a695-e9bd1e1b6cf6";
        const string Stuck = "ff7bbe92-38c6-42ec-b7b1-b0087ccdd501";
        const string Folder = "37a8b9a1-85ba-453f-837d-5e0cf9e3dfc4";
        string home = Directory.CreateTempSubdirectory("assay-server-").FullName;
        try
        {
            string outputs = Directory.CreateDirectory(Path.Combine(home, "processed", Folder)).FullName;
            File.WriteAllText(Path.Combine(outputs, "aggregation_summary.json"), "{\"records_processed\": 2}");
            File.WriteAllText(Path.Combine(outputs, "top_products.csv"), "product_name,revenue,quantity\r\n");
            File.WriteAllText(Path.Combine(home, "job_metadata.json"), $$"""
                {"{{Known}}": {"job_id": "{{Known}}", "filename": "../a.csv", "status": "completed", "created_at": "2026-11-21T07:43:04.357823", "output_dir": "data/processed",
                "completed_at": "2026-11-21T07:43:05", "chunk_size": 1000, "results": {"processing_stats": {"records_processed": 9} } },
                "{{Stuck}}": {"status": "queued", "filename": "b.csv", "created_at": "2026-11-21T07:43:04"} }
                """);
            await using ServerUnderTest server = await ServerUnderTest.StartAsync(home: home);

            JsonElement known = (await server.GetAsync($"/status/{Known}")).Body;
            Assert.Equal(("completed", "a.csv"), (known.GetProperty("status").GetString(), known.GetProperty("filename").GetString()));
            Assert.Equal(9, known.GetProperty("summary").GetProperty("records_processed").GetInt32());
            Assert.Equal(JsonValueKind.Null, known.GetProperty("summary").GetProperty("data_quality_rate").ValueKind);
            Assert.Equal("failed", (await server.GetAsync($"/status/{Stuck}")).Body.GetProperty("status").GetString());
            Assert.Equal("discovered", (await server.GetAsync($"/status/{Folder}")).Body.GetProperty("type").GetString());
            Assert.Equal("product_name,revenue,quantity\r\n", await server.Client.GetStringAsync($"/download/{Folder}?file_type=top_products"));

            await server.DeleteAsync($"/jobs/{Stuck}");
            await server.RestartAsync();
            Assert.Equal(2, (await server.GetAsync("/jobs")).Body.GetProperty("total_count").GetInt32());
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static void Execute(SqliteConnection database, string sql)
    {
        using SqliteCommand command = database.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static void Leave(JobDatabase jobs, string id, int attempts)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        jobs.Changes.Add(
            new JobEntry { Id = id, Pipeline = "sales", Type = JobType.Run, Request = new JobRequest { FileName = id, Rows = 500 }.ToJson(), CreatedAt = now }, 10);
        for (int i = 0; i < attempts; i++)
        {
            Assert.Equal(i + 1, jobs.Changes.TakeNext(now)!.Attempt);
            if (i + 1 < attempts)
            {
                jobs.Changes.Recover(3, "ended", now);
            }
        }
    }

    private static IEnumerable<string?> Ids(JsonElement list) => list.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("job_id").GetString());
}
