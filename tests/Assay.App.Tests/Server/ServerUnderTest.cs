using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Assay.App.Pipelines;
using Assay.App.Server;
using Assay.App.Tests.House;
using Assay.Store;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Assay.App.Tests.Server;

/// <summary>A server within this process, on a port and a home of its own, asked through HTTP.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly bool _ownsFolder;
    private AssayServer _server;

    private ServerUnderTest(AssayServer server, ServerOptions options, bool ownsFolder)
    {
        _server = server;
        Options = options;
        _ownsFolder = ownsFolder;
        Client = NewClient();
    }

    public ServerOptions Options { get; }

    public HttpClient Client { get; private set; }

    public IReadOnlyList<RouteEndpoint> Endpoints => _server.Endpoints;

    public AssayHome Home => Options.Home;

    /// <summary>The smallest file that the pipeline accepts whole.</summary>
    public static string Csv { get; } = Header
        + "ORD-1,laptop pro,Electronics,2,1000.00,0.1,nort,2024-01-15,a@example.com\n"
        + "ORD-2,4k led tv,Home Appliance,150,700,0,East,2024-02-01,\n"
        + "ORD-3,Office Chair,Home Appliance,-1,200,0,West,2024-02-01,\n";

    public const string Header = "order_id,product_name,category,quantity,unit_price,discount_percent,region,sale_date,customer_email\n";

    public static async Task<ServerUnderTest> StartAsync(Func<ServerOptions, ServerOptions>? with = null, string? home = null)
    {
        bool ownsFolder = home is null;
        home ??= Directory.CreateTempSubdirectory("assay-server-").FullName;
        var options = new ServerOptions { Home = new AssayHome(home), Port = 0, Grace = TimeSpan.FromSeconds(1), LogsFrom = LogLevel.Error };
        options = with?.Invoke(options) ?? options;
        return new ServerUnderTest(await AssayServer.StartAsync(options, Process, CancellationToken.None), options, ownsFolder);
    }

    public static PipelineSettings Process => new() { WorkingDirectory = Repository.Root };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Home.Root, recursive: true);
        }
    }

    /// <summary>Ends the server and starts another on the same home.</summary>
    public async Task RestartAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        _server = await AssayServer.StartAsync(Options, Process, CancellationToken.None);
        Client = NewClient();
    }

    /// <summary>A client that follows no redirects.</summary>
    public HttpClient NewClient(string? key = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Address };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return client;
    }

    /// <summary>A form with a file.</summary>
    public static MultipartFormDataContent Form(string name, string content, params (string Name, string Value)[] fields) =>
        Form(name, Encoding.UTF8.GetBytes(content), fields);

    /// <summary>A form with a file.</summary>
    public static MultipartFormDataContent Form(string name, byte[] content, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach ((string field, string value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        form.Add(new ByteArrayContent(content), "file", name);
        return form;
    }

    public async Task<(int Status, JsonElement Body)> GetAsync(string path)
    {
        using HttpResponseMessage answer = await Client.GetAsync(path);
        return await ReadAsync(answer);
    }

    public async Task<(int Status, JsonElement Body)> PostAsync(string path, HttpContent? content = null)
    {
        using HttpResponseMessage answer = await Client.PostAsync(path, content);
        return await ReadAsync(answer);
    }

    public async Task<(int Status, JsonElement Body)> DeleteAsync(string path)
    {
        using HttpResponseMessage answer = await Client.DeleteAsync(path);
        return await ReadAsync(answer);
    }

    public static async Task<(int Status, JsonElement Body)> ReadAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Uploads a file, and gives the job's name.</summary>
    public async Task<string> UploadAsync(string? csv = null, string query = "?keep_silver=false")
    {
        (int status, JsonElement body) = await PostAsync("/upload" + query, Form("my data.csv", csv ?? Csv));
        Assert.Equal((200, "queued"), (status, body.GetProperty("status").GetString()));
        return body.GetProperty("job_id").GetString()!;
    }

    /// <summary>Waits until a job has ended.</summary>
    /// <returns>Its status as it is told.</returns>
    public async Task<JsonElement> EndOfAsync(string id) =>
        await UntilAsync(id, status => status is not ("queued" or "processing"));

    /// <summary>Waits until a job is in a state.</summary>
    public async Task<JsonElement> UntilAsync(string id, Func<string, bool> isReached)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            (int status, JsonElement body) = await GetAsync($"/status/{id}");
            Assert.Equal(200, status);
            if (isReached(body.GetProperty("status").GetString()!))
            {
                return body;
            }

            await Task.Delay(20, patience.Token);
        }
    }
}
