using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Assay.App.Tests.Server;

/// <summary>What is accepted as an upload, and that nothing is left of what is not.</summary>
public sealed class UploadTests
{
    /// <summary>A file whose beginning can be read, and whose end is missing: its job fails.</summary>
    internal static byte[] TruncatedGzip()
    {
        var text = new StringBuilder(ServerUnderTest.Header);
        for (int i = 0; i < 60_000; i++)
        {
            text.Append("ORD-").Append(i * 2_654_435_761L % 1_000_003).Append(",Office Chair,Home Appliance,1,").Append(i * 40_503L % 9_973 + 1).Append(",0,West,2024-02-01,\n");
        }

        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text.ToString()));
        }

        return output.ToArray()[..^1000];
    }

    [Fact]
    public async Task Upload_WhenAFileIsGood_ThenItsJobTellsTheFiguresAndTheFiles()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();

        JsonElement job = await server.EndOfAsync(await server.UploadAsync(query: "?chunk_size=2000"));

        Assert.Equal("completed", job.GetProperty("status").GetString());
        Assert.Equal(("my data.csv", 2000), (job.GetProperty("filename").GetString(), job.GetProperty("chunk_size").GetInt32()));
        Assert.EndsWith("+00:00", job.GetProperty("completed_at").GetString(), StringComparison.Ordinal);
        JsonElement stats = job.GetProperty("results").GetProperty("processing_stats");
        Assert.Equal((2, 2, 2), (stats.GetProperty("records_processed").GetInt32(), stats.GetProperty("monthly_periods").GetInt32(), stats.GetProperty("regions").GetInt32()));
        JsonElement quality = job.GetProperty("results").GetProperty("data_quality_stats");
        Assert.Equal((3, 1), (quality.GetProperty("records_processed").GetInt32(), quality.GetProperty("records_dropped").GetInt32()));
        string id = job.GetProperty("job_id").GetString()!;
        Assert.Equal(
            "month,revenue,quantity,avg_discount\r\n2024-01,1800.00,2,0.100000\r\n2024-02,105000.00,150,0.000000\r\n",
            (await server.Client.GetStringAsync($"/download/{id}?file_type=monthly_sales")).ReplaceLineEndings("\r\n"));
        await using Stream stream = await server.Client.GetStreamAsync($"/download/{id}");
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        using var zip = new ZipArchive(copy);
        Assert.Equal(7, zip.Entries.Count);
        Assert.True(Directory.Exists(Path.Combine(server.Home.Job(id), "home", "silver")));
    }

    [Fact]
    public async Task Upload_WhenSilverIsNotWanted_ThenNoneIsKept()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        string id = await server.UploadAsync();

        Assert.Equal("completed", (await server.EndOfAsync(id)).GetProperty("status").GetString());
        Assert.False(Directory.Exists(Path.Combine(server.Home.Job(id), "home", "silver")));
    }

    [Theory]
    [InlineData("notes.txt", "x", 400, "Only CSV files are supported")]
    [InlineData("empty.csv", "", 400, "empty.csv is empty")]
    [InlineData("other.csv", "a,b\n1,2\n", 400, "other.csv: missing columns")]
    [InlineData("../../../etc/other.csv", "a,b\n1,2\n", 400, "other.csv: missing columns")]
    public async Task Upload_WhenAFileIsNoGood_ThenIsRefusedAndNothingIsLeft(string name, string content, int status, string detail)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();

        (int given, JsonElement body) = await server.PostAsync("/upload", ServerUnderTest.Form(name, content));

        Assert.Equal(status, given);
        Assert.Contains(detail, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Home.Root, body.GetRawText(), StringComparison.Ordinal);
        Assert.Equal([], Directory.GetFiles(server.Home.Jobs, "*", SearchOption.AllDirectories));
        Assert.Equal(0, (await server.GetAsync("/jobs")).Body.GetProperty("total_count").GetInt32());
    }

    [Fact]
    public async Task Upload_WhenLargerThanAllowed_ThenIs413AndNothingIsLeft()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync(options => options with { MaxUpload = 1000 });

        (int status, JsonElement body) = await server.PostAsync("/upload", ServerUnderTest.Form("big.csv", ServerUnderTest.Csv + new string('x', 2000)));

        Assert.Equal((413, "too_large"), (status, body.GetProperty("error_type").GetString()));
        Assert.Equal([], Directory.GetFiles(server.Home.Jobs, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Upload_WhenTheFormEndsEarly_ThenIs400AndNothingIsLeft()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        using var body = new StringContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\norder_id");
        body.Headers.Remove("Content-Type");
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");

        (int status, _) = await server.PostAsync("/upload", body);

        Assert.Equal(400, status);
        Assert.Equal([], Directory.GetFiles(server.Home.Jobs, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Upload_WhenTheClientGoesAwayMidway_ThenNothingIsLeftAndTheServerIsNotToBlame()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        string receiving = Path.Combine(server.Home.Jobs, ".receiving");
        using (var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) })
        {
            await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port);
            await client.SendAsync(Encoding.ASCII.GetBytes(
                "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000000\r\n\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" + new string('x', 1_000_000)));
            while (!Directory.Exists(receiving) || Directory.GetFiles(receiving, "*", SearchOption.AllDirectories).Length == 0)
            {
                await Task.Delay(10);
            }
        }

        string audit = Path.Combine(server.Home.Root, "audit");
        while (!Directory.Exists(audit))
        {
            await Task.Delay(10);
        }

        Assert.Equal([], Directory.GetFileSystemEntries(receiving));
        Assert.Contains("\"status\":499", File.ReadAllText(Directory.GetFiles(audit).Single()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_WhenTheDiskFails_ThenTheFormIsNotToBlame()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        File.WriteAllText(Path.Combine(server.Home.Jobs, ".receiving"), "a file where the folder should be");

        (int status, JsonElement body) = await server.PostAsync("/upload", ServerUnderTest.Form("a.csv", ServerUnderTest.Csv));

        Assert.Equal((503, "store_error"), (status, body.GetProperty("error_type").GetString()));
        File.Delete(Path.Combine(server.Home.Jobs, ".receiving"));
    }

    [Fact]
    public async Task Upload_WhenThePipelineAsksAnApi_ThenSaysHowToStartIt()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();

        (int status, JsonElement body) = await server.PostAsync("/upload?pipeline=customers", ServerUnderTest.Form("a.rest", ServerUnderTest.Csv));

        Assert.Equal(400, status);
        Assert.Contains("/run-pipeline", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chunk_size", "abc", 422)]
    [InlineData("chunk_size", "10001", 422)]
    [InlineData("pipeline", "../pipelines", 404)]
    public async Task Upload_WhenAFieldOfTheFormIsWrong_ThenIsRefused(string field, string value, int status)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();

        Assert.Equal(status, (await server.PostAsync("/upload", ServerUnderTest.Form("a.csv", ServerUnderTest.Csv, (field, value)))).Status);
    }

    [Fact]
    public async Task Upload_WhenTheFileBreaksOffLater_ThenTheJobFailsWithAReasonAndWithoutPaths()
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        (_, JsonElement body) = await server.PostAsync("/upload", ServerUnderTest.Form("b.csv", TruncatedGzip()));

        JsonElement job = await server.EndOfAsync(body.GetProperty("job_id").GetString()!);

        Assert.Equal(("failed", "read_error"), (job.GetProperty("status").GetString(), job.GetProperty("error_type").GetString()));
        Assert.DoesNotContain(server.Home.Root, job.GetRawText(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(server.Home.Job(job.GetProperty("job_id").GetString()!), "output")));
    }

    [Theory]
    [InlineData("/job-data/{0}/..%2f..%2fjobs.db")]
    [InlineData("/job-data/{0}/%2e%2e%2f%2e%2e%2fjobs.db")]
    [InlineData("/job-data/{0}/..%5cjobs.db")]
    [InlineData("/download/{0}?file_type=../input/x")]
    [InlineData("/status/..%2f..%2fjobs.db")]
    [InlineData("/quarantine/..%2f..%2fjobs.db")]
    [InlineData("/runs/..%2fruns")]
    [InlineData("/pipelines/..%2fpipelines%2fsales")]
    [InlineData("/kpis/sales/..%2fsummary")]
    public async Task Paths_WhenTheyLeadElsewhere_ThenAreNotFound(string path)
    {
        await using ServerUnderTest server = await ServerUnderTest.StartAsync();
        string id = await server.UploadAsync();
        await server.EndOfAsync(id);

        using HttpResponseMessage answer = await server.Client.GetAsync(new Uri(server.Client.BaseAddress + string.Format(System.Globalization.CultureInfo.InvariantCulture, path, id).TrimStart('/')));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
