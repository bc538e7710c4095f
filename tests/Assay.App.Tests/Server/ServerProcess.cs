using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assay.App.Tests.EndToEnd;

namespace Assay.App.Tests.Server;

/// <summary>The server as a process of its own, which can be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private ServerProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    /// <summary>Starts a server on a free port, and waits until it answers.</summary>
    public static async Task<ServerProcess> StartAsync(AssayProgram assay, params string[] arguments)
    {
        Process process = assay.Start(["serve", "--port", "0", "--log-format", "json", .. arguments]);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string? line = await process.StandardOutput.ReadLineAsync();
        Match address = Regex.Match(line ?? "", @"http://[\d.:]+/");
        Assert.True(address.Success, line);
        return new ServerProcess(process, new Uri(address.Value));
    }

    /// <summary>Kills it, as kill -9 does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends it a signal, such as TERM.</summary>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            // A test that failed before it ended the server.
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>Asks for a job.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> PostAsync(string path, HttpContent? content)
    {
        using HttpResponseMessage answer = await Client.PostAsync(path, content);
        (int status, JsonElement body) = await ServerUnderTest.ReadAsync(answer);
        Assert.Equal(200, status);
        return body.GetProperty("job_id").GetString()!;
    }

    /// <summary>Waits until a job has ended.</summary>
    public Task<JsonElement> EndOfAsync(string id) => UntilAsync(id, job => job.GetProperty("status").GetString() is not ("queued" or "processing"));

    /// <summary>Waits until a job is as it should be.</summary>
    public async Task<JsonElement> UntilAsync(string id, Func<JsonElement, bool> isReached)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            using HttpResponseMessage answer = await Client.GetAsync($"/status/{id}", patience.Token);
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
