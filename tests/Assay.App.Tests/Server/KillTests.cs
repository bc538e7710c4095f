using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Assay.App.Tests.EndToEnd;
using Assay.Store;
using Microsoft.Data.Sqlite;

namespace Assay.App.Tests.Server;

/// <summary>The server as a process that is killed in the middle of its work. ASSAY_KILLS and ASSAY_KILL_SEED set how often, and when.</summary>
public sealed class KillTests : IDisposable
{
    private const string Generated = "/run-pipeline?num_rows=200000&keep_silver=false";
    private const string Uploaded = "/upload?keep_silver=false";
    private const int Clients = 4;
    private const int Rows = 50;

    private static readonly int Kills = Setting("ASSAY_KILLS", 2);
    private static readonly int Seed = Setting("ASSAY_KILL_SEED", 1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly AssayProgram _assay = new();

    /// <summary>By the key of its request, the job that a client was told of.</summary>
    private readonly ConcurrentDictionary<string, string> _accepted = new(StringComparer.Ordinal);

    private volatile ServerProcess? _server;

    public void Dispose() => _assay.Dispose();

    [Fact]
    public async Task Jobs_WhenTheProcessIsKilled_ThenTheNextOneCompletesThem()
    {
        string running;
        string waiting;
        using (ServerProcess server = await ServerProcess.StartAsync(_assay, "--max-jobs", "1"))
        {
            running = await server.PostAsync("/run-large-scale-test?num_rows=3000000&keep_silver=false", null);
            waiting = await server.PostAsync(Uploaded, ServerUnderTest.Form("a.csv", ServerUnderTest.Csv));
            await server.UntilAsync(running, job => job.TryGetProperty("progress", out JsonElement progress) && progress.GetProperty("rows").GetInt64() > 0);
            await server.KillAsync();
        }

        using (ServerProcess server = await ServerProcess.StartAsync(_assay, "--max-jobs", "1"))
        {
            JsonElement first = await server.EndOfAsync(running);
            JsonElement second = await server.EndOfAsync(waiting);
            await server.KillAsync();

            Assert.Equal(("completed", 2), (first.GetProperty("status").GetString(), first.GetProperty("attempt").GetInt32()));
            Assert.Equal(3_000_000, first.GetProperty("results").GetProperty("data_quality_stats").GetProperty("records_processed").GetInt32());
            Assert.Equal("completed", second.GetProperty("status").GetString());
        }
    }

    [Fact]
    public async Task Jobs_WhenTheProcessIsKilledAgainAndAgainUnderLoad_ThenNoneIsLostOrDoubledOrHalfDone()
    {
        ServerProcess server = await ServerProcess.StartAsync(_assay, "--max-jobs", "2");
        string generated = await server.PostAsync(Generated, null);
        string uploaded = await server.PostAsync(Uploaded, ServerUnderTest.Form("a.csv", CsvRows.Of(Rows)));
        await server.EndOfAsync(generated);
        await server.EndOfAsync(uploaded);
        string large = await server.PostAsync("/run-large-scale-test?num_rows=5000000&keep_silver=false", null);
        _server = server;
        using var load = new CancellationTokenSource();
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(client => Task.Run(() => AskAsync(client, load.Token)))];
        var random = new Random(Seed);
        for (int kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(100, 2_000));
            _server = null;
            await server.KillAsync();
            server.Dispose();
            server = await ServerProcess.StartAsync(_assay, "--max-jobs", "2");
            _server = server;
        }

        await load.CancelAsync();
        await Task.WhenAll(clients);
        var home = new AssayHome(_assay.Home);
        int attempts = 0;
        var completed = new SortedSet<string>(StringComparer.Ordinal) { generated, uploaded };
        foreach ((string key, string id) in _accepted.Append(KeyValuePair.Create("", large)))
        {
            JsonElement job = await server.EndOfAsync(id);
            attempts = Math.Max(attempts, job.GetProperty("attempt").GetInt32());
            if (job.GetProperty("status").GetString() == "failed")
            {
                // A job may be begun three times; it is told why it is not begun again.
                Assert.Equal(("interrupted", 3), (job.GetProperty("error_type").GetString(), job.GetProperty("attempt").GetInt32()));
                Assert.Contains("ended 3 times", job.GetProperty("error").GetString(), StringComparison.Ordinal);
                continue;
            }

            Assert.Equal("completed", job.GetProperty("status").GetString());
            Assert.True(completed.Add(id));
            if (id != large)
            {
                Assert.Equal(JobOutputCheck.Tables(home, IsGenerated(key) ? generated : uploaded), JobOutputCheck.Tables(home, id));
            }
        }

        (_, JsonElement jobs) = await ServerUnderTest.ReadAsync(await server.Client.GetAsync("/jobs"));
        await server.KillAsync();
        server.Dispose();
        Assert.True(attempts > 1);
        Assert.True(_accepted.Count > Clients);
        Assert.Equal(_accepted.Count + 3, jobs.GetProperty("total_count").GetInt32());
        Assert.Equal(completed, Directory.GetDirectories(home.Jobs).Where(path => Directory.Exists(Path.Combine(path, "output"))).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal("ok", Integrity(home));
    }

    private static bool IsGenerated(string key) => key.EndsWith('0');

    /// <summary>Asks for jobs, one after the other; a request that was not answered is made again under its key.</summary>
    private async Task AskAsync(int client, CancellationToken end)
    {
        for (int number = 0; !end.IsCancellationRequested; number++)
        {
            string key = $"{client}-{number}";
            while (await TryAsync(key) is not { } id || !_accepted.TryAdd(key, id))
            {
                await Task.Delay(Pause, CancellationToken.None);
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private async Task<string?> TryAsync(string key)
    {
        if (_server is not { } server)
        {
            return null;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, IsGenerated(key) ? Generated : Uploaded)
        {
            Content = IsGenerated(key) ? null : ServerUnderTest.Form("a.csv", CsvRows.Of(Rows)),
        };
        request.Headers.Add("Idempotency-Key", key);
        try
        {
            using HttpResponseMessage answer = await server.Client.SendAsync(request);
            (int status, JsonElement body) = await ServerUnderTest.ReadAsync(answer);
            Assert.Equal(200, status);
            return body.GetProperty("job_id").GetString();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The server was killed meanwhile.
            return null;
        }
    }

    private static string Integrity(AssayHome home)
    {
        // Opening the jobs finds SQLite.
        using JobDatabase jobs = JobDatabase.Open(home);
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(home.Root, "jobs.db"), Pooling = false }.ConnectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)command.ExecuteScalar()!;
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
