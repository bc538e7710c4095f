using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Assay.App.Tests.House;

namespace Assay.App.Tests.Server;

/// <summary>
/// Requests that were made up, thousands of them: none makes the server break, every refusal says why in the one form that
/// errors have, and none tells where files lie. ASSAY_FUZZ_REQUESTS and ASSAY_FUZZ_SEED set how many, and which.
/// </summary>
public sealed class FuzzTests
{
    private const int Workers = 8;
    private const int MostFaults = 30;
    private const int LongestStream = 4096;

    private static readonly int Requests = Setting("ASSAY_FUZZ_REQUESTS", 2_000);
    private static readonly int Seed = Setting("ASSAY_FUZZ_SEED", 1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What is read of a stream of events before it is left.</summary>
    private static readonly TimeSpan Watching = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Requests_WhenMadeUp_ThenNoneBreaksTheServerAndErrorsAreProblems()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(options => options with { RateLimit = 1_000_000, MaxQueued = 20, KeepJobs = 200, MaxJobs = 1 });
        IReadOnlyList<ApiOperation> operations = ApiOperation.Read((await server.GetAsync("/openapi/v1.json")).Body);
        var requests = new RandomRequests(operations, await IdsAsync(server));
        var wrong = new ConcurrentQueue<string>();
        var statuses = new ConcurrentDictionary<int, int>();
        int next = 0;
        using HttpClient client = Client(server);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            for (int number; (number = Interlocked.Increment(ref next)) <= Requests && wrong.Count < MostFaults;)
            {
                int seed = Seed * 1_000_000 + number;
                using HttpRequestMessage request = requests.Make(server.Client.BaseAddress!, seed);
                (int status, string? fault) = await SendAsync(server, client, request);
                statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                if (fault is not null)
                {
                    wrong.Enqueue($"{seed}: {request.Method} {request.RequestUri}\n{request.Headers}{request.Content?.Headers}=> {status}: {fault}");
                }
            }
        })));

        Assert.True(wrong.IsEmpty, string.Join("\n\n", wrong));
        Assert.All(new[] { 200, 400, 403, 404, 405, 422 }, status => Assert.True(statuses.ContainsKey(status), string.Join(", ", statuses)));
        Assert.Equal(200, (await server.GetAsync("/health")).Status);
        Assert.Equal(server.Home.Root, Directory.GetParent(server.Home.Jobs)!.FullName);
    }

    [Theory]
    [InlineData("GET /jobs HTTP/9.9\r\n\r\n")]
    [InlineData("GET  /jobs HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /jobs HTTP/1.0\r\n\r\n")]
    [InlineData("GET /jobs HTTP/1.1\r\n\r\n")]
    [InlineData("GET /jobs HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    [InlineData("GET /jobs HTTP/1.1\r\nHost: a b\r\n\r\n")]
    [InlineData("GET /jobs HTTP/1.1\r\nHost: localhost\r\nX: \u00ff\r\n\r\n")]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /jobs HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n")]
    [InlineData("GET /jobs\0 HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n")]
    [InlineData("POST /upload HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, x\r\n\r\n")]
    [InlineData("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\0\u0001\0")]
    public async Task Bytes_WhenTheyAreNoRequest_ThenAreRefused(string text)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();

        Assert.Matches("^HTTP/1.1 (4..|505) ", await FirstLineAsync(server, text));
        Assert.Equal(200, (await server.GetAsync("/health")).Status);
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("localhost:65535", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("[::1]:80", 200)]
    [InlineData("localhost:65536", 400)]
    [InlineData("localhost:99999999999999999999", 400)]
    [InlineData("[::1]:99999", 400)]
    [InlineData("2130706433:2130706433", 400)]
    public async Task Host_WhenItsPortIsNone_ThenIsRefused(string host, int status)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();

        Assert.StartsWith($"HTTP/1.1 {status} ", await FirstLineAsync(server, $"GET /jobs HTTP/1.1\r\nHost: {host}\r\n\r\n"), StringComparison.Ordinal);
    }

    /// <summary>Sends bytes and reads the first line of the answer. The connection is not shut before: a server may drop the request of
    /// a client that leaves, right or wrong.</summary>
    private static async Task<string?> FirstLineAsync(ServerUnderTest server, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Client.BaseAddress!.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadLineAsync();
    }

    /// <summary>A client that sends what it is told to, as it is.</summary>
    private static HttpClient Client(ServerUnderTest server) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
    })
    { BaseAddress = server.Client.BaseAddress };

    /// <summary>A job that is done and its run, one that failed, and one that was cancelled.</summary>
    private static async Task<IReadOnlyList<string>> IdsAsync(ServerUnderTest server)
    {
        string done = await server.UploadAsync(query: "");
        string run = (await server.EndOfAsync(done)).GetProperty("results").GetProperty("run_id").GetString()!;
        (_, JsonElement failed) = await server.PostAsync("/upload", ServerUnderTest.Form("b.csv", UploadTests.TruncatedGzip()));
        string broken = failed.GetProperty("job_id").GetString()!;
        await server.EndOfAsync(broken);
        string stopped = (await server.PostAsync("/run-large-scale-test?num_rows=2000000")).Body.GetProperty("job_id").GetString()!;
        await server.PostAsync($"/jobs/{stopped}/cancel");
        return [done, run, broken, stopped];
    }

    private static async Task<(int Status, string? Fault)> SendAsync(ServerUnderTest server, HttpClient client, HttpRequestMessage request)
    {
        using var patience = new CancellationTokenSource(Patience);
        using HttpResponseMessage answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        string text = await TextAsync(answer, patience.Token);
        int status = (int)answer.StatusCode;
        return (status, Fault(server, request, answer, status, text + answer.Headers + answer.Content.Headers));
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            return await answer.Content.ReadAsStringAsync(cancellationToken);
        }

        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        watching.CancelAfter(Watching);
        byte[] block = new byte[LongestStream];
        int read = 0;
        try
        {
            await using Stream stream = await answer.Content.ReadAsStreamAsync(watching.Token);
            read = await stream.ReadAsync(block, watching.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "";
        }

        return Encoding.UTF8.GetString(block, 0, read);
    }

    private static string? Fault(ServerUnderTest server, HttpRequestMessage request, HttpResponseMessage answer, int status, string text)
    {
        // Folders of this test have names that nobody else has.
        string[] places = [Path.GetFileName(server.Home.Root), Repository.Root, AppContext.BaseDirectory];
        if (places.FirstOrDefault(place => text.Contains(place, StringComparison.Ordinal)) is { } place)
        {
            return $"tells of {place}: {text}";
        }

        if (text.Contains("   at Assay.", StringComparison.Ordinal) || text.Contains("root:x:0", StringComparison.Ordinal))
        {
            return $"tells of its insides: {text}";
        }

        return status >= 500 ? text : status >= 400 ? ProblemFault(request, answer, status) : null;
    }

    private static string? ProblemFault(HttpRequestMessage request, HttpResponseMessage answer, int status)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return $"an error of type `{answer.Content.Headers.ContentType}`";
        }

        if (request.Method == HttpMethod.Head)
        {
            return null;
        }

        using JsonDocument body = JsonDocument.Parse(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult());
        return body.RootElement.GetProperty("status").GetInt32() != status ? "another status in the body"
            : new[] { "type", "title", "detail", "error_type" }.FirstOrDefault(key => !body.RootElement.TryGetProperty(key, out _)) is { } missing ? $"no `{missing}`"
            : null;
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
