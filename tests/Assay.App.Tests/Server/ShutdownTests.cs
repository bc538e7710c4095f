using System.Diagnostics;
using System.Text.Json;
using Assay.App.Tests.EndToEnd;
using Assay.Store;

namespace Assay.App.Tests.Server;

/// <summary>A server that is told to end lets its jobs end, and takes no more.</summary>
public sealed class ShutdownTests
{
    private const string Short = "/run-large-scale-test?num_rows=1000000&keep_silver=false";
    private const string Long = "/run-large-scale-test?num_rows=10000000&keep_silver=false";

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Process_WhenToldToEndWhileAJobRuns_ThenTheJobEndsFirstAndOthersWait(string signal)
    {
        using var assay = new AssayProgram();
        string running;
        string waiting;
        using (ServerProcess server = await ServerProcess.StartAsync(assay, "--max-jobs", "1", "--grace", "100"))
        {
            running = await server.PostAsync(Long, null);
            waiting = await server.PostAsync("/run-pipeline?num_rows=100&keep_silver=false", null);
            await server.UntilAsync(running, job => job.GetProperty("status").GetString() == "processing");
            await server.SignalAsync(signal);

            using HttpResponseMessage ready = await UntilRefusedAsync(server);
            (int status, JsonElement body) = await ServerUnderTest.ReadAsync(ready);
            Assert.Equal((503, "ending"), (status, body.GetProperty("error_type").GetString()));
            using HttpResponseMessage more = await server.Client.PostAsync("/run-pipeline?num_rows=100", null);
            (status, body) = await ServerUnderTest.ReadAsync(more);
            Assert.Equal((503, "ending"), (status, body.GetProperty("error_type").GetString()));
            Assert.NotNull(more.Headers.RetryAfter);
            Assert.Contains("event: end", await server.Client.GetStringAsync($"/jobs/{running}/events"), StringComparison.Ordinal);
            Assert.Equal(0, await server.ExitAsync());
        }

        using JobDatabase jobs = JobDatabase.Open(new AssayHome(assay.Home));
        Assert.Equal((JobStatus.Completed, 1), (jobs.Find(running)!.Status, jobs.Find(running)!.Attempt));
        Assert.Equal((JobStatus.Queued, 0), (jobs.Find(waiting)!.Status, jobs.Find(waiting)!.Attempt));
    }

    [Fact]
    public async Task Process_WhenAJobTakesLongerThanItsGrace_ThenItIsPutBackWithItsAttempt()
    {
        using var assay = new AssayProgram();
        string running;
        using (ServerProcess server = await ServerProcess.StartAsync(assay, "--grace", "3"))
        {
            running = await server.PostAsync(Long, null);
            await server.UntilAsync(running, job => job.GetProperty("status").GetString() == "processing");
            long told = Stopwatch.GetTimestamp();
            await server.SignalAsync("TERM");

            Assert.Equal(0, await server.ExitAsync());
            Assert.InRange(Stopwatch.GetElapsedTime(told).TotalSeconds, 2.5, 100);
        }

        using JobDatabase jobs = JobDatabase.Open(new AssayHome(assay.Home));
        Assert.Equal((JobStatus.Queued, 0), (jobs.Find(running)!.Status, jobs.Find(running)!.Attempt));
    }

    [Fact]
    public async Task Process_WhenInterruptedTwice_ThenItsJobsArePutBackAtOnce()
    {
        using var assay = new AssayProgram();
        string running;
        using (ServerProcess server = await ServerProcess.StartAsync(assay, "--grace", "86400"))
        {
            running = await server.PostAsync(Long, null);
            await server.UntilAsync(running, job => job.GetProperty("status").GetString() == "processing");
            await server.SignalAsync("INT");
            (await UntilRefusedAsync(server)).Dispose();

            // Whether the server listens for the second yet cannot be seen from here.
            Task<int> exit = server.ExitAsync();
            while (!exit.IsCompleted)
            {
                await server.SignalAsync("INT");
                await Task.WhenAny(exit, Task.Delay(500));
            }

            Assert.Equal(0, await exit);
        }

        using JobDatabase jobs = JobDatabase.Open(new AssayHome(assay.Home));
        Assert.Equal((JobStatus.Queued, 0), (jobs.Find(running)!.Status, jobs.Find(running)!.Attempt));
    }

    [Fact]
    public async Task Job_WhenItEndsWithinTheGrace_ThenIsCompletedBeforeTheServerHasEnded()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(options => options with { Grace = TimeSpan.FromMinutes(2) });
        string id = (await server.PostAsync(Short)).Body.GetProperty("job_id").GetString()!;
        await server.UntilAsync(id, status => status == "processing");

        await server.RestartAsync();

        JsonElement job = (await server.GetAsync($"/status/{id}")).Body;
        Assert.Equal(("completed", 1), (job.GetProperty("status").GetString(), job.GetProperty("attempt").GetInt32()));
    }

    [Fact]
    public async Task Start_WhenThePortIsTaken_ThenNoJobIsBegun()
    {
        await using ServerUnderTest other = await ServerUnderTest.StartAsync();
        string home = Directory.CreateTempSubdirectory("assay-server-").FullName;
        try
        {
            using (JobDatabase jobs = JobDatabase.Open(new AssayHome(home)))
            {
                jobs.Changes.Add(
                    new JobEntry { Id = "waits", Pipeline = "sales", Type = "main_pipeline", Request = """{"FileName":"x","Rows":100}""", CreatedAt = TimeProvider.System.GetUtcNow() }, 10);
            }

            await Assert.ThrowsAsync<IOException>(() => ServerUnderTest.StartAsync(options => options with { Port = other.Client.BaseAddress!.Port }, home));

            using JobDatabase after = JobDatabase.Open(new AssayHome(home));
            Assert.Equal((JobStatus.Queued, 0), (after.Find("waits")!.Status, after.Find("waits")!.Attempt));
            Assert.False(Directory.Exists(Path.Combine(home, "jobs", "waits")));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    /// <summary>The first answer that says that the server is not ready.</summary>
    private static async Task<HttpResponseMessage> UntilRefusedAsync(ServerProcess server)
    {
        while (true)
        {
            HttpResponseMessage answer = await server.Client.GetAsync("/health/ready");
            if (!answer.IsSuccessStatusCode)
            {
                return answer;
            }

            answer.Dispose();
            await Task.Delay(20);
        }
    }
}
