using System.Text.Json;

namespace Assay.App.Tests.Server;

/// <summary>Rows that a job set aside go out to be repaired, and come back as a job on the first one's rows.</summary>
public sealed class ReplayTests
{
    private const string Rows = ServerUnderTest.Header
        + "A-1,Laptop Pro 15,Electronics,2,1000.00,0.1,North,2024-01-15,a@example.com\n"
        + "A-2,Office Chair,Home Appliance,-1,200,0,West,2024-03-06,\n"
        + "A-3,Blender Pro,Home Appliance,4,100,0,West,the 5th,c@example.com\n";

    [Fact]
    public async Task Replay_WhenARowIsMended_ThenTheResultsHaveIt()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        (string job, string run) = await LoadedAsync(server);
        string export = await ExportAsync(server, run);
        Assert.Equal(["A-2", "A-3"], export.Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')[0]));

        JsonElement ended = await ReplayAsync(server, run, export.Replace("Home Appliance,-1,", "Home Appliance,1,", StringComparison.Ordinal));

        Assert.Equal(("completed", "replay", "mended.csv"), (Text(ended, "status"), Text(ended, "type"), Text(ended, "filename")));
        Assert.Equal("2024-01,1800.00,2,0.100000\n2024-03,200.00,1,0.000000\n", await MonthsAsync(server, Text(ended, "job_id")));
        JsonElement books = ended.GetProperty("results").GetProperty("books").GetProperty("sales");
        Assert.Equal((2, 1, 1), (books.GetProperty("read").GetInt32(), books.GetProperty("accepted").GetInt32(), books.GetProperty("quarantined").GetInt32()));

        // What the first job published stays as it was.
        Assert.Equal("2024-01,1800.00,2,0.100000\n", await MonthsAsync(server, job));
        (_, JsonElement page) = await server.GetAsync("/dashboard/data/pipelines/sales");
        Assert.Equal(Text(ended, "job_id"), page.GetProperty("source").GetProperty("job").GetString());
    }

    [Fact]
    public async Task Replay_WhenARowIsStillWrong_ThenCanBeMendedFromItsOwnRun()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        (_, string run) = await LoadedAsync(server);
        JsonElement first = await ReplayAsync(server, run, await ExportAsync(server, run));
        string second = await RunOfAsync(server, Text(first, "job_id"));
        string again = await ExportAsync(server, second);

        JsonElement ended = await ReplayAsync(
            server, second, again.Replace("Home Appliance,-1,", "Home Appliance,1,", StringComparison.Ordinal).Replace("the 5th", "2024-03-07", StringComparison.Ordinal));

        Assert.Equal("completed", Text(ended, "status"));
        Assert.Equal("2024-01,1800.00,2,0.100000\n2024-03,600.00,5,0.000000\n", await MonthsAsync(server, Text(ended, "job_id")));
        Assert.Equal(404, (await server.GetAsync($"/quarantine/{second}/export")).Status);
    }

    [Fact]
    public async Task Replay_WhenItsJobIsDeletedMeanwhile_ThenFailsWithAReason()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(options => options with { MaxJobs = 1 });
        (string job, string run) = await LoadedAsync(server);
        string export = await ExportAsync(server, run);
        string before = (await server.PostAsync("/run-large-scale-test?num_rows=4000000&keep_silver=false")).Body.GetProperty("job_id").GetString()!;
        await server.UntilAsync(before, status => status == "processing");
        (_, JsonElement waiting) = await server.PostAsync($"/quarantine/{run}/replay", ServerUnderTest.Form("mended.csv", export));

        Assert.Equal(200, (await server.DeleteAsync($"/jobs/{job}")).Status);
        await server.PostAsync($"/jobs/{before}/cancel");
        JsonElement ended = await server.EndOfAsync(Text(waiting, "job_id"));

        Assert.Equal(
            ("failed", "the job whose rows were repaired was deleted, and its clean rows with it; run its file again"),
            (Text(ended, "status"), Text(ended, "error")));
        Assert.False(Directory.Exists(server.Home.Job(job)));
        Assert.Equal(404, (await server.PostAsync($"/quarantine/{run}/replay", ServerUnderTest.Form("mended.csv", export))).Status);
    }

    [Fact]
    public async Task Replay_WhenItsJobIsDeletedWhileItRuns_ThenIsStoppedFirstAndFailsWithTheReason()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        (string job, string run) = await LoadedAsync(server);
        string export = await ExportAsync(server, run);
        string replay;

        // The rows' lock is held, so that the replay cannot end before the job is deleted.
        string silver = Path.Combine(server.Home.Job(job), "home", "silver", "sales");
        await using (new FileStream(Path.Combine(silver, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            replay = Text((await server.PostAsync($"/quarantine/{run}/replay", ServerUnderTest.Form("mended.csv", export))).Body, "job_id");
            await server.UntilAsync(replay, status => status == "processing");
            Assert.Equal(200, (await server.DeleteAsync($"/jobs/{job}")).Status);
        }

        JsonElement ended = (await server.GetAsync($"/status/{replay}")).Body;
        Assert.Equal(
            ("failed", "the job whose rows were repaired was deleted, and its clean rows with it; run its file again"),
            (Text(ended, "status"), Text(ended, "error")));
        Assert.False(Directory.Exists(server.Home.Job(job)));
        Assert.Equal(404, (await server.GetAsync($"/status/{job}")).Status);
    }

    [Theory]
    [InlineData("a,b\n1,2\n", 400, "bad_upload")]
    [InlineData("", 400, "bad_upload")]
    public async Task Replay_WhenTheFileIsNoExport_ThenIsRefusedAndLeavesNothing(string content, int status, string errorType)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        (_, string run) = await LoadedAsync(server);

        (int answered, JsonElement body) = await server.PostAsync($"/quarantine/{run}/replay", ServerUnderTest.Form("mended.csv", content));

        Assert.Equal((status, errorType), (answered, Text(body, "error_type")));
        Assert.DoesNotContain(server.Home.Root, body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(1, (await server.GetAsync("/jobs")).Body.GetProperty("total_count").GetInt32());
        string jobs = Path.GetDirectoryName(server.Home.Job("x"))!;
        Assert.Single(Directory.GetDirectories(jobs), folder => Path.GetFileName(folder) != ".receiving");
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(jobs, ".receiving")));
    }

    [Fact]
    public async Task Replay_WhenTheJobKeptNoCleanRows_ThenIsRefused()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        string id = await server.UploadAsync(Rows);
        await server.EndOfAsync(id);

        (int status, JsonElement body) = await server.PostAsync($"/quarantine/{await RunOfAsync(server, id)}/replay", ServerUnderTest.Form("mended.csv", Rows));

        Assert.Equal((409, "no_silver"), (status, Text(body, "error_type")));
    }

    private static async Task<(string Job, string Run)> LoadedAsync(ServerUnderTest server)
    {
        string id = await server.UploadAsync(Rows, "");
        Assert.Equal("completed", Text(await server.EndOfAsync(id), "status"));
        return (id, await RunOfAsync(server, id));
    }

    private static async Task<string> RunOfAsync(ServerUnderTest server, string job) => Text((await server.GetAsync($"/dashboard/data/jobs/{job}/run")).Body, "run_id");

    private static Task<string> ExportAsync(ServerUnderTest server, string run) => server.Client.GetStringAsync($"/quarantine/{run}/export");

    private static async Task<JsonElement> ReplayAsync(ServerUnderTest server, string run, string csv)
    {
        (int status, JsonElement body) = await server.PostAsync($"/quarantine/{run}/replay", ServerUnderTest.Form("mended.csv", csv));
        Assert.Equal((200, "queued"), (status, Text(body, "status")));
        return await server.EndOfAsync(Text(body, "job_id"));
    }

    /// <summary>The rows of a job's results by month, without the head.</summary>
    private static async Task<string> MonthsAsync(ServerUnderTest server, string job)
    {
        string csv = (await server.Client.GetStringAsync($"/job-data/{job}/monthly_sales_summary.csv")).ReplaceLineEndings("\n");
        return csv[(csv.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }

    private static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;
}
