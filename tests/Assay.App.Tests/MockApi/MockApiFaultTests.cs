using System.Globalization;
using System.Net;
using System.Text.Json;
using Assay.App.MockApi;

namespace Assay.App.Tests.MockApi;

/// <summary>What goes wrong with a made-up API when it is told to, seen by a client that does nothing about it.</summary>
public sealed class MockApiFaultTests : IDisposable
{
    private const string Paged = "  people: { dataset: people, paging: { style: page_number, size: 5 }, envelope: { total: \"{total}\", data: \"{records}\" } }";
    private readonly MockApiFolder _folder = new();
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Failures_WhenAllFail_ThenAreNeverMoreThanTwoInARow()
    {
        await using MockApiServer server = await ServeAsync(new MockApiSettings { FailRate = 1 });

        var statuses = new List<int>();
        for (int i = 0; i < 30; i++)
        {
            using HttpResponseMessage answer = await _client.GetAsync($"{server.Address}/people?page={1 + (i / 6)}");
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([500, 503], statuses.Where(status => status != 200).Distinct().Order());
        Assert.All(statuses.Chunk(3), three => Assert.Equal((true, true, 200), (three[0] >= 500, three[1] >= 500, three[2])));
    }

    [Fact]
    public async Task Refusals_WhenAllAreRefused_ThenSayWhenToComeAgainInBothForms()
    {
        await using MockApiServer server = await ServeAsync(new MockApiSettings { RateLimitRate = 1 });

        var said = new List<string>();
        for (int i = 0; i < 20; i++)
        {
            using HttpResponseMessage answer = await _client.GetAsync($"{server.Address}/people?page={i + 1}");
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            said.Add(answer.Headers.GetValues("Retry-After").Single());
        }

        Assert.Contains("1", said);
        Assert.Contains(said, text => DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
    }

    [Fact]
    public async Task Connection_WhenReset_ThenGivesNoAnswer()
    {
        await using MockApiServer server = await ServeAsync(new MockApiSettings { ResetRate = 1 });

        HttpRequestException error = await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync($"{server.Address}/people"));

        Assert.Null(error.StatusCode);
        Assert.Equal(1, server.Statuses[0]);
    }

    [Fact]
    public async Task Body_WhenItBreaksOff_ThenIsShorterThanDeclared()
    {
        await using MockApiServer server = await ServeAsync(new MockApiSettings { TruncateRate = 1 });

        using HttpResponseMessage answer = await _client.GetAsync($"{server.Address}/people", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((HttpStatusCode.OK, true), (answer.StatusCode, answer.Content.Headers.ContentLength > 100));
        await Assert.ThrowsAsync<HttpRequestException>(() => answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Body_WhenMalformed_ThenIsWholeButNoJson()
    {
        await using MockApiServer server = await ServeAsync(new MockApiSettings { MalformedRate = 1 });

        var bodies = new List<string>();
        for (int i = 0; i < 20; i++)
        {
            bodies.Add(await _client.GetStringAsync($"{server.Address}/people?page={i + 1}"));
        }

        Assert.All(bodies, body => Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body)));
        Assert.Contains(bodies, body => body.StartsWith("<!doctype html>", StringComparison.Ordinal));
        Assert.Contains(bodies, body => body.StartsWith("{\"total\":", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Records_WhenListedTwice_ThenAreCountedTwice()
    {
        (int total, List<int> ids) = await AllAsync(new MockApiSettings { DuplicateRate = 0.3, Records = Many(1000) });

        Assert.Equal(Enumerable.Range(1, 1000), ids.Distinct().Order());
        Assert.Equal(total, ids.Count);
        Assert.InRange(ids.Count - 1000, 230, 370);
    }

    [Fact]
    public async Task Records_WhenLeftOut_ThenAreStillCounted()
    {
        (int total, List<int> ids) = await AllAsync(new MockApiSettings { MissingRate = 0.1, Records = Many(1000) });

        Assert.Equal(1000, total);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.InRange(ids.Count, 850, 950);
    }

    [Fact]
    public async Task Records_WhenTheSchemaChanges_ThenHaveAFieldMoreAfterThatPage()
    {
        await using MockApiServer server = await ServeAsync(new MockApiSettings { SchemaChangeAfter = 1 });

        Assert.DoesNotContain(PageWriter.AddedField, await _client.GetStringAsync($"{server.Address}/people?page=1"), StringComparison.Ordinal);
        using JsonDocument second = JsonDocument.Parse(await _client.GetStringAsync($"{server.Address}/people?page=2"));
        Assert.All(second.RootElement.GetProperty("data").EnumerateArray(), record =>
            Assert.Equal("page 2", record.GetProperty(PageWriter.AddedField).GetString()));
    }

    [Fact]
    public async Task Requests_WhenMoreThanASecondHolds_ThenAreRefusedAndLogged()
    {
        string file = _folder.At("requests.log");
        await using (MockApiServer server = await ServeAsync(new MockApiSettings { RequestsPerSecond = 3, LogFile = file }))
        {
            for (int i = 0; i < 5; i++)
            {
                using HttpResponseMessage answer = await _client.GetAsync($"{server.Address}/people?page={i + 1}");
            }
        }

        string[][] lines = [.. File.ReadLines(file).Select(line => line.Split(' '))];
        Assert.Equal(["/api/people?page=1", "/api/people?page=2", "/api/people?page=3", "/api/people?page=4", "/api/people?page=5"], lines.Select(line => line[2]));
        Assert.Equal(["200 -", "200 -", "200 -"], lines.Take(3).Select(line => $"{line[3]} {line[4]}"));
        Assert.All(lines.Skip(3).Where(line => Time(line) - Time(lines[0]) < TimeSpan.FromSeconds(1)), line => Assert.Equal("429 requests_per_second", $"{line[3]} {line[4]}"));
    }

    [Fact]
    public async Task Answers_WhenDelayed_ThenTakeThatLong()
    {
        await using MockApiServer server = await ServeAsync(new MockApiSettings { Delay = TimeSpan.FromMilliseconds(80) });

        long start = TimeProvider.System.GetTimestamp();
        await _client.GetStringAsync($"{server.Address}/people");

        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds, 75, 60_000);
    }

    [Fact]
    public async Task Faults_WhenMoreThanAllRequests_ThenAreRefused()
    {
        UsageException error = await Assert.ThrowsAsync<UsageException>(() => ServeAsync(new MockApiSettings { FailRate = 0.6, ResetRate = 0.6 }));

        Assert.Contains("more than 1 together", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(3, 16)]
    public async Task Faults_WhenAskedForConcurrently_ThenAreThoseOfASingleClient(int few, int many)
    {
        var settings = new MockApiSettings { FailRate = 0.2, RateLimitRate = 0.1, ResetRate = 0.05, TruncateRate = 0.05, MalformedRate = 0.05, Records = Many(500) };

        SortedDictionary<string, string> one = await FaultsAsync(settings, few);
        SortedDictionary<string, string> other = await FaultsAsync(settings, many);
        SortedDictionary<string, string> seeded = await FaultsAsync(settings with { Seed = 43 }, many);

        Assert.Equal(100, one.Count);
        Assert.Equal(one, other);
        Assert.NotEqual(one, seeded);
        foreach (string kind in (string[])["fail", "rate_limit", "reset", "truncate", "malformed", "-"])
        {
            Assert.Contains(one.Values, faults => faults.Split(' ').Contains(kind));
        }
    }

    /// <summary>Asks each of 100 pages six times, so many at a time, and gives the faults of each address in their order.</summary>
    private async Task<SortedDictionary<string, string>> FaultsAsync(MockApiSettings settings, int atOnce)
    {
        string file = _folder.At($"{Guid.CreateVersion7()}.log");
        await using (MockApiServer server = await ServeAsync(settings with { LogFile = file }))
        {
            await Parallel.ForEachAsync(Enumerable.Range(1, 100), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (page, token) =>
            {
                for (int i = 0; i < 6; i++)
                {
                    try
                    {
                        await _client.GetStringAsync($"{server.Address}/people?page={page}", token);
                    }
                    catch (HttpRequestException)
                    {
                        // That is what was ordered; the log says what it was.
                    }
                }
            });
        }

        return new SortedDictionary<string, string>(
            File.ReadLines(file).Select(line => line.Split(' ')).GroupBy(line => line[2]).ToDictionary(
                address => address.Key, address => string.Join(' ', address.Select(line => line[4]))),
            StringComparer.Ordinal);
    }

    private async Task<(int Total, List<int> Ids)> AllAsync(MockApiSettings settings)
    {
        await using MockApiServer server = await ServeAsync(settings);
        var ids = new List<int>();
        for (int page = 1; ; page++)
        {
            using JsonDocument body = JsonDocument.Parse(await _client.GetStringAsync($"{server.Address}/people?page={page}&per_page=50"));
            ids.AddRange(body.RootElement.GetProperty("data").EnumerateArray().Select(record => record.GetProperty("id").GetInt32()));
            int total = body.RootElement.GetProperty("total").GetInt32();
            if (page * 50 >= total)
            {
                return (total, ids);
            }
        }
    }

    private static Dictionary<string, long> Many(long count) => new() { ["people"] = count };

    private static DateTimeOffset Time(string[] line) => DateTimeOffset.Parse(line[0], CultureInfo.InvariantCulture);

    private Task<MockApiServer> ServeAsync(MockApiSettings settings) => MockApiFolder.ServeAsync(_folder.Api(Paged), settings);
}
