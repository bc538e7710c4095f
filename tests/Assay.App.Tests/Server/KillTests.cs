using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.App.Tests.EndToEnd;

namespace Assay.App.Tests.Server;

/// <summary>The server as a process that is killed in the middle of its work.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly AssayProgram _assay = new();

    public void Dispose() => _assay.Dispose();

    [Fact]
    public async Task Jobs_WhenTheProcessIsKilled_ThenTheNextOneCompletesThem()
    {
        string running;
        string waiting;
        (Process process, HttpClient client) = await StartAsync();
        using (process)
        using (client)
        {
            running = await PostAsync(client, "/run-large-scale-test?num_rows=3000000&keep_silver=false", null);
            waiting = await PostAsync(client, "/upload?keep_silver=false", ServerUnderTest.Form("a.csv", ServerUnderTest.Csv));
            await UntilAsync(client, running, job => job.TryGetProperty("progress", out JsonElement progress) && progress.GetProperty("rows").GetInt64() > 0);
            process.Kill();
            await process.WaitForExitAsync();
        }

        (process, client) = await StartAsync();
        using (process)
        using (client)
        {
            JsonElement first = await UntilAsync(client, running, IsEnded);
            JsonElement second = await UntilAsync(client, waiting, IsEnded);
            process.Kill();
            await process.WaitForExitAsync();

            Assert.Equal(("completed", 2), (first.GetProperty("status").GetString(), first.GetProperty("attempt").GetInt32()));
            Assert.Equal(3_000_000, first.GetProperty("results").GetProperty("data_quality_stats").GetProperty("records_processed").GetInt32());
            Assert.Equal("completed", second.GetProperty("status").GetString());
        }
    }

    private static bool IsEnded(JsonElement job) => job.GetProperty("status").GetString() is not ("queued" or "processing");

    private async Task<(Process Process, HttpClient Client)> StartAsync()
    {
        Process process = _assay.Start("serve", "--port", "0", "--max-jobs", "1", "--log-format", "json");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string? line = await process.StandardOutput.ReadLineAsync();
        Match address = Regex.Match(line ?? "", @"http://[\d.:]+/");
        Assert.True(address.Success, line);
        return (process, new HttpClient { BaseAddress = new Uri(address.Value) });
    }

    private static async Task<string> PostAsync(HttpClient client, string path, HttpContent? content)
    {
        using HttpResponseMessage answer = await client.PostAsync(path, content);
        (int status, JsonElement body) = await ServerUnderTest.ReadAsync(answer);
        Assert.Equal(200, status);
        return body.GetProperty("job_id").GetString()!;
    }

    private static async Task<JsonElement> UntilAsync(HttpClient client, string id, Func<JsonElement, bool> isReached)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            using HttpResponseMessage answer = await client.GetAsync($"/status/{id}", patience.Token);
            (int status, JsonElement body) = await ServerUnderTest.ReadAsync(answer);
            Assert.Equal(200, status);
            if (isReached(body))
            {
                return body;
            }

            await Task.Delay(20, patience.Token);
        }
    }
}
