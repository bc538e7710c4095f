using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Assay.App.Tests.Server;

/// <summary>Many who upload at once: every file becomes one job, and every job is done. ASSAY_UPLOADS sets how many files.</summary>
public sealed class ManyUploadsTests
{
    private const int Clients = 12;

    private static readonly int Uploads = Environment.GetEnvironmentVariable("ASSAY_UPLOADS") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 60;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Uploads_WhenManyComeAtOnce_ThenEachIsOneJobThatIsDoneAndTheCountsHold()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(options => options with { MaxJobs = 2 });
        var accepted = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var faults = new ConcurrentQueue<string>();
        using var done = new CancellationTokenSource(Patience);
        Task<int> watching = WatchAsync(server, accepted, faults, done.Token);
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            using HttpClient client = server.NewClient();
            for (int number; (number = Interlocked.Increment(ref next)) < Uploads;)
            {
                using HttpResponseMessage answer = await client.PostAsync("/upload?keep_silver=false", ServerUnderTest.Form($"{number}.csv", CsvRows.Of(number + 1)), done.Token);
                (int status, JsonElement body) = await ServerUnderTest.ReadAsync(answer);
                Assert.Equal(200, status);
                Assert.True(accepted.TryAdd(body.GetProperty("job_id").GetString()!, number));
            }
        })));
        foreach ((string id, int number) in accepted)
        {
            JsonElement job = await server.EndOfAsync(id);
            Assert.Equal((id, "completed", $"{number}.csv", 1), (id, job.GetProperty("status").GetString(), job.GetProperty("filename").GetString(), job.GetProperty("attempt").GetInt32()));
            Assert.Null(JobOutputCheck.Fault(job, number + 1));
        }

        string[] files = [.. JobOutputCheck.Tables(server.Home, accepted.First().Key).Keys];
        Assert.All(accepted.Keys, id => Assert.Equal(files, JobOutputCheck.Tables(server.Home, id).Keys));
        (_, JsonElement all) = await server.GetAsync("/jobs");
        Assert.Equal((Uploads, Uploads), (all.GetProperty("total_count").GetInt32(), all.GetProperty("counts").GetProperty("completed").GetInt32()));
        Assert.Equal(accepted.Keys.Order(StringComparer.Ordinal), JobOutputCheck.Folders(server.Home));
        await done.CancelAsync();
        Assert.True(await watching > 0);
        Assert.Equal([], faults);
    }

    /// <summary>Asks for the counts again and again, and notes what cannot be.</summary>
    /// <returns>How often it asked.</returns>
    private static async Task<int> WatchAsync(ServerUnderTest server, ConcurrentDictionary<string, int> accepted, ConcurrentQueue<string> faults, CancellationToken done)
    {
        (int Total, int Completed) before = default;
        using HttpClient client = server.NewClient();
        for (int asked = 0; ; asked++)
        {
            int known = accepted.Count;
            try
            {
                using HttpResponseMessage answer = await client.GetAsync("/jobs?limit=100", done);
                (int status, JsonElement body) = await ServerUnderTest.ReadAsync(answer);
                JsonElement counts = body.GetProperty("counts");
                (int Total, int Completed) now = (body.GetProperty("total_count").GetInt32(), counts.GetProperty("completed").GetInt32());
                string[] ids = [.. body.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("job_id").GetString()!)];
                if (status != 200
                    || now.Total != counts.EnumerateObject().Sum(count => count.Value.GetInt32())
                    || now.Total < before.Total || now.Completed < before.Completed
                    || now.Total < known || now.Total > Uploads
                    || counts.GetProperty("processing").GetInt32() > server.Options.MaxJobs
                    || ids.Length != Math.Min(100, now.Total) || ids.Distinct(StringComparer.Ordinal).Count() != ids.Length)
                {
                    faults.Enqueue($"{known} accepted; {before} before: {body.GetRawText()}");
                }

                before = now;
                await Task.Delay(5, done);
            }
            catch (OperationCanceledException) when (done.IsCancellationRequested)
            {
                return asked;
            }
        }
    }
}
