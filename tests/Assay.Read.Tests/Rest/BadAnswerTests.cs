using System.IO.Compression;
using System.Text;
using Assay.Read.Rest;
using Microsoft.AspNetCore.Http;

namespace Assay.Read.Tests.Rest;

/// <summary>Answers that are not the page that was asked for.</summary>
public class BadAnswerTests
{
    private const string Good = """{"data":[{"id":1}],"total_pages":1,"total":1}""";

    [Fact]
    public async Task Answer_WhenItIsAWebPage_ThenIsTriedAgainAndThenShown()
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("  <!DOCTYPE html>\r\n<html>\t<body>Log \u001b[31min\u202e</body></html>");
        });

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Limits = RestCase.Quick with { Attempts = 3 } });

        Assert.Equal(
            "users: stub:users?page=1 answered well, but this is a web page, not JSON: does `base_url` lead to the API? "
            + "It said: <!DOCTYPE html> <html> <body>Log \\u001b[31min\\u202e</body></html> (the last of 3 tries).",
            error.Message);
        Assert.Equal(3, api.Log.Count);
    }

    [Theory]
    [InlineData("""{"error":"quota used up"}""", "has nothing at `data`, where its records are expected (`record`)")]
    [InlineData("""{"data":"soon"}""", "has neither a list of records nor one record where they are expected (`record`)")]
    [InlineData("17", "has nothing at `data`, where its records are expected (`record`)")]
    public async Task Answer_WhenItIs200WithAnErrorInIt_ThenIsShownAtOnce(string body, string what)
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, body));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api));

        Assert.Equal($"users: stub:users?page=1 answered well, but {what}. It said: {body}.", error.Message);
        Assert.Single(api.Log);
    }

    [Theory]
    [InlineData("""{"data":[{"id":1},""", "it is no JSON from byte 18 on. It said: {")]
    [InlineData("{\n\"data\":[\n{\"id\":x}", "it is no JSON from byte 18 on. It said: {")]
    [InlineData("", "answered well, but its body is empty: JSON is expected, an empty list at least. It said nothing")]
    [InlineData(" \n", "its body is empty")]
    public async Task Answer_WhenItIsNoJson_ThenTheErrorTellsWhere(string body, string what)
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, body));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Limits = RestCase.Quick with { Attempts = 2 } });

        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, api.Log.Count);
    }

    [Fact]
    public async Task Answer_WhenItIsBrokenTwice_ThenTheThirdOneIsTaken()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, StubApi.Times(context) < 3 ? """{"data":[{"i""" : "\uFEFF" + Good));

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api));

        Assert.Equal(1, extract.Records);
        Assert.Equal(2, extract.Metrics.Retries["body"]);
    }

    [Fact]
    public async Task Answer_WhenItIs404_ThenFailsAtOnceWithTheBeginningOfItsBody()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, "no\n\n such " + new string('x', 600), 404));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api));

        Assert.Equal($"users: stub:users?page=1 answered 404 Not Found: check `path` and `base_url`. It said: no such {new string('x', 492)}….", error.Message);
        Assert.Single(api.Log);
    }

    [Fact]
    public async Task Page_WhenItHasTenMegabytes_ThenIsTakenWhole()
    {
        string text = new('x', 1000);
        string data = string.Join(',', Enumerable.Range(1, 10_000).Select(id => $"{{\"id\":{id},\"text\":\"{text}\"}}"));
        await using StubApi api = await StubApi.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(Encoding.UTF8.GetBytes($"{{\"data\":[{data}],\"total_pages\":1,\"total\":10000}}"));
        });
        var ledger = new MemoryPageLedger();

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api), ledger);

        Assert.Equal(10_000, extract.Records);
        Assert.Equal(RestCase.OneTo(10_000), RestCase.Ids(extract, ledger));
        Assert.True(extract.Pages[0].Bytes > 10_000_000);
        Assert.InRange(extract.Metrics.Bytes, 1000, 1_000_000);
    }

    [Fact]
    public async Task Page_WhenItIsAboveTheLimit_ThenFailsAtOnce()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, StubApi.Page(1, 5000, 5000)));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Limits = RestCase.Quick with { LargestPage = 20_000 } });

        Assert.Equal("users: stub:users?page=1 answered with more than 20000 bytes, the most that is taken for one page: ask for fewer records a page.", error.Message);
        Assert.Single(api.Log);
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task Page_WhenItIsCompressed_ThenIsDecompressed(string encoding)
    {
        await using StubApi api = await StubApi.StartAsync(async context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            Stream body = context.Response.Body;
            await using Stream packed = encoding switch { "deflate" => new ZLibStream(body, CompressionLevel.Fastest), "br" => new BrotliStream(body, CompressionLevel.Fastest), _ => body };
            await packed.WriteAsync(Encoding.UTF8.GetBytes(Good));
        });

        Assert.Equal(1, (await RestCase.ExtractAsync(RestCase.Users(api))).Records);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 3\r\n\r\nabc", "answered in the encoding zstd, which is not read", 1)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", "broke off in the middle of its answer (the last of 5 tries)", 5)]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n", "answered 304 Not Modified", 1)]
    public async Task Page_WhenItCannotBeUnpacked_ThenThatIsAnError(string answer, string what, int arrivals)
    {
        using var api = new RawApi(_ => (answer, false));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api.Base));

        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Equal(arrivals, api.Arrivals);
    }

    [Theory]
    [InlineData(100, false, "body")]
    [InlineData(100, true, "body")]
    [InlineData(20, false, "body")]
    [InlineData(null, false, "connection")]
    [InlineData(null, true, "connection")]
    public async Task Page_WhenItsLengthLiesOrTheConnectionBreaks_ThenIsAskedForAgainOncePerRequestCounted(int? length, bool resets, string cause)
    {
        using var api = new RawApi(arrival => arrival < 4 ? (length is null ? "" : RawApi.Answer(Good, length), resets) : (RawApi.Answer(Good), false));

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api.Base));

        Assert.Equal(1, extract.Records);
        Assert.Equal(3, extract.Metrics.Retries[cause]);
        Assert.Equal((4, 4), (extract.Metrics.Requests, api.Arrivals));
    }

    [Fact]
    public async Task Connection_WhenItIsClosedWhileItWasHeldReady_ThenEveryArrivalIsARequestCounted()
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            if (StubApi.Times(context) < 3)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return StubApi.Json(context, StubApi.Page(StubApi.Number(context, "page"), 1, 8));
        });
        var ledger = new MemoryPageLedger();

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api), ledger);

        Assert.Equal(RestCase.OneTo(8), RestCase.Ids(extract, ledger));
        Assert.Equal((24, 24), (extract.Metrics.Requests, api.Log.Count));
        Assert.Equal(16, extract.Metrics.Retries["connection"]);
    }

    [Fact]
    public async Task Host_WhenNobodyListens_ThenTheErrorSaysThatItCannotBeReached()
    {
        Uri gone;
        using (var api = new RawApi(_ => ("", false)))
        {
            gone = api.Base;
        }

        ReadException error = await RestCase.FailAsync(RestCase.Users(gone));

        Assert.Equal("users: stub:users?page=1 cannot be reached (ConnectionRefused): check `base_url` and the network (the last of 5 tries).", error.Message);
    }
}
