using Assay.Read.Rest;

namespace Assay.Read.Tests.Rest;

/// <summary>What is asked for, and what is remembered of the records.</summary>
public class IncrementalTests
{
    [Theory]
    [InlineData("\"2024-05-01\"", "\"2024-04-30T10:00:00Z\"", "2024-01-01", "2024-05-01")]
    [InlineData("9", "10", "2", "10")]
    [InlineData("null", "{}", "2", "2")]
    [InlineData("1", "3", "20", "20")]
    [InlineData("\"a\"", "\"\\ud800\"", null, "a")]
    [InlineData("null", "null", null, null)]
    [InlineData("\"\"", "\"\"", null, null)]
    [InlineData("\"2024-05-01T10:00:00Z\"", "\"2024-05-01T10:00:00.5Z\"", null, "2024-05-01T10:00:00.5Z")]
    [InlineData("\"2024-05-01T10:00:00+02:00\"", "\"2024-05-01T09:00:00Z\"", "2024-05-01", "2024-05-01T09:00:00Z")]
    [InlineData("\"2024-05-01\"", "\"n/a\"", "2024-01-01", "2024-05-01")]
    [InlineData("\"unknown\"", "7", "2", "7")]
    public async Task Watermark_WhenRecordsHaveCursors_ThenIsTheGreatest(string one, string two, string? start, string? greatest)
    {
        await using StubApi api = await StubApi.StartAsync(context =>
            StubApi.Json(context, $"{{\"data\":[{{\"id\":1,\"at\":{{\"time\":{one}}}}},{{\"id\":2,\"at\":{{\"time\":{two}}}}}],\"total_pages\":1,\"total\":2}}"));

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api) with
        {
            Parameters = [new("since", "never"), new("q", "a&b =ü")],
            Incremental = new RestIncremental("at.time", "since", start),
        });

        Assert.Equal(greatest, extract.Watermark);
        Assert.Equal([$"users?since={start ?? "never"}&q=a%26b%20%3D%C3%BC&page=1"], api.Asked);
    }

    [Fact]
    public async Task Collected_WhenValuesRepeat_ThenEachIsThereOnceInReadingOrder()
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            string data = StubApi.Number(context, "page") == 1 ? """{"author":{"id":5}},{"author":{"id":"x"}},{"author":null},{}""" : """{"author":{"id":5}},{"author":{"id":3}},7,{"author":{"id":""}}""";
            return StubApi.Json(context, $"{{\"data\":[{data}],\"total_pages\":2,\"total\":8}}");
        });
        var ledger = new MemoryPageLedger();
        RestResource posts = RestCase.Users(api) with { Collect = "author.id" };

        Extracted extract = await RestCase.ExtractAsync(posts, ledger);
        Extracted again = await RestCase.ExtractAsync(posts, ledger);

        Assert.Equal(["5", "x", "3"], extract.Collected);
        Assert.Equal(["5", "x", "3"], again.Collected);
        Assert.Equal((8, 8, 0), (again.Records, again.DeclaredRecords, again.Metrics.Requests));
    }
}
