using System.Diagnostics;
using System.Text.Json;
using Assay.App.Tests.EndToEnd;

namespace Assay.Browser.Tests;

/// <summary>The program as a user starts it, serving a scratch home on a port of its own.</summary>
internal sealed class ServerProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly AssayProgram _program;
    private readonly Process _process;

    private ServerProgram(AssayProgram program, Process process, Uri address)
    {
        _program = program;
        _process = process;
        Client = new HttpClient { BaseAddress = address };
    }

    /// <summary>Asks the server past the browser.</summary>
    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    /// <summary>Starts it, and waits until it listens.</summary>
    public static async Task<ServerProgram> StartAsync()
    {
        var program = new AssayProgram();
        Process process = program.Start("serve", "--port", "0");
        // Read on, so that its log never blocks it.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(Patience);
        string said = await process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("the server ended before it listened");
        string address = said["serving on ".Length..said.IndexOf(';', StringComparison.Ordinal)];
        return new ServerProgram(program, process, new Uri(address));
    }

    /// <summary>Writes a file of made-up rows.</summary>
    /// <returns>Its path.</returns>
    public string Generate(int rows)
    {
        string file = _program.At("generated.csv");
        ProgramResult result = _program.Run("generate", "sales", "--rows", $"{rows}", "--output", file);
        Assert.Equal((0, ""), (result.ExitCode, result.ExitCode == 0 ? "" : result.Error));
        return file;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using JsonDocument answer = JsonDocument.Parse(await Client.GetStringAsync(path));
        return answer.RootElement.Clone();
    }

    /// <summary>Uploads a file past the browser, and waits for the end of its job.</summary>
    /// <returns>The job as it is told.</returns>
    public async Task<JsonElement> UploadAsync(string name, string csv)
    {
        using var form = new MultipartFormDataContent();
        using var content = new StringContent(csv);
        form.Add(content, "file", name);
        using HttpResponseMessage answer = await Client.PostAsync("/upload?pipeline=sales", form);
        answer.EnsureSuccessStatusCode();
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return await EndOfAsync(body.RootElement.GetProperty("job_id").GetString()!);
    }

    /// <summary>Waits until a job has completed.</summary>
    public async Task<JsonElement> EndOfAsync(string job)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            JsonElement state = await GetAsync($"/status/{job}");
            string status = state.GetProperty("status").GetString()!;
            if (status is not ("queued" or "processing"))
            {
                Assert.Equal("completed", status);
                return state;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _program.Dispose();
    }
}
