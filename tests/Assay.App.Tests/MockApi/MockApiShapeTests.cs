using System.Net;
using System.Text.Json;
using Assay.App.MockApi;

namespace Assay.App.Tests.MockApi;

/// <summary>What a made-up API serves when nothing goes wrong.</summary>
public sealed class MockApiShapeTests : IDisposable
{
    private readonly MockApiFolder _folder = new();
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Page_WhenAskedByNumber_ThenStandsInItsEnvelope()
    {
        await using MockApiServer server = await MockApiFolder.ServeAsync(_folder.Api("""
              people:
                paging: { style: page_number, size: 4 }
                envelope: { page: "{page}", per_page: "{size}", total: "{total}", total_pages: "{pages}", meta: { ok: true, note: "as is" }, data: "{records}" }
            """));

        Assert.Equal(
            """{"page":3,"per_page":4,"total":10,"total_pages":3,"meta":{"ok":true,"note":"as is"},"data":[{"id":9,"name":"Person 9"},{"id":10,"name":"Person 10"}]}""",
            await TextAsync(server, "people?page=3"));
        Assert.Equal(
            """{"page":4,"per_page":3,"total":10,"total_pages":4,"meta":{"ok":true,"note":"as is"},"data":[{"id":10,"name":"Person 10"}]}""",
            await TextAsync(server, "people?per_page=3&page=4"));
        Assert.Contains("\"data\":[]", await TextAsync(server, "people?page=9"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_WhenAskedByDate_ThenIsSentOnlyIfItChangedAndNoTagDiffers()
    {
        await using MockApiServer server = await MockApiFolder.ServeAsync(_folder.Api("  people: {}"));
        using HttpResponseMessage first = await _client.GetAsync(new Uri(server.Address + "/people"));
        DateTimeOffset changed = first.Content.Headers.LastModified!.Value;

        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(changed, null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(changed.AddSeconds(-1), null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(changed, "\"other\""));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(changed.AddSeconds(-1), $"\"other\", {first.Headers.ETag}"));

        async Task<HttpStatusCode> StatusAsync(DateTimeOffset since, string? tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address + "/people"));
            request.Headers.IfModifiedSince = since;
            if (tag is not null)
            {
                request.Headers.Add("If-None-Match", tag);
            }

            using HttpResponseMessage answer = await _client.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task List_WhenAskedForWhatIsNew_ThenHasThatAndItsTotals()
    {
        await using MockApiServer server = await MockApiFolder.ServeAsync(_folder.Api("""
              people:
                paging: { style: page_number, size: 2 }
                envelope: { pages: "{pages}", total: "{total}", data: "{records}" }
                incremental: { cursor_path: id, start_param: from }
            """));

        Assert.Equal("""{"pages":2,"total":3,"data":[{"id":8,"name":"Person 8"},{"id":9,"name":"Person 9"}]}""", await TextAsync(server, "people?from=8"));
        Assert.Equal("""{"pages":2,"total":3,"data":[{"id":10,"name":"Person 10"}]}""", await TextAsync(server, "people?from=8&page=2"));
        Assert.Equal("""{"pages":0,"total":0,"data":[]}""", await TextAsync(server, "people?from=11"));
        Assert.Contains("\"total\":10,", await TextAsync(server, "people?from="), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WhenNothingIsSaidOfIt_ThenIsTheBareArray()
    {
        await using MockApiServer server = await MockApiFolder.ServeAsync(_folder.Api("  people: {}"), new MockApiSettings
        {
            Records = new Dictionary<string, long> { ["people"] = 2 },
        });

        Assert.Equal("""[{"id":1,"name":"Person 1"},{"id":2,"name":"Person 2"}]""", await TextAsync(server, "people"));
        Assert.Equal("""{"id":2,"name":"Person 2"}""", await TextAsync(server, "people/2"));
    }

    [Fact]
    public async Task Nested_WhenAskedUnderARecord_ThenAreThoseThatNameIt()
    {
        await using MockApiServer server = await MockApiFolder.ServeAsync(_folder.Api("  people: { nested: { notes: personId } }\n  notes: {}"));

        using JsonDocument all = JsonDocument.Parse(await TextAsync(server, "notes"));
        using JsonDocument own = JsonDocument.Parse(await TextAsync(server, "people/3/notes"));
        int[] expected = [.. all.RootElement.EnumerateArray().Where(note => note.GetProperty("personId").GetInt32() == 3).Select(Id)];
        Assert.NotEmpty(expected);
        Assert.Equal(expected, own.RootElement.EnumerateArray().Select(Id));
        Assert.Equal("""{"city":"Ashford","geo":{"lat":"2"}}""", own.RootElement[0].GetProperty("place").GetRawText());
        Assert.Equal("said \"so\"", own.RootElement[0].GetProperty("text").GetString());
        Assert.Equal("[]", await TextAsync(server, "people/99/notes"));
    }

    [Theory]
    [InlineData("{ style: page_number, size: 4, first_page: 0 }", "?page=0", "{next_page}", "page")]
    [InlineData("{ style: offset, size: 4 }", "?offset=0", "{offset}", "offset")]
    public async Task Pages_WhenCounted_ThenTogetherAreTheList(string paging, string first, string said, string parameter)
    {
        await using MockApiServer server = await MockApiFolder.ServeAsync(
            _folder.Api($"  people:\n    paging: {paging}\n    envelope: {{ at: \"{said}\", data: \"{{records}}\" }}"));

        var ids = new List<int>();
        string query = first;
        for (int i = 0; i < 3; i++)
        {
            using JsonDocument page = JsonDocument.Parse(await TextAsync(server, "people" + query));
            ids.AddRange(page.RootElement.GetProperty("data").EnumerateArray().Select(Id));
            query = $"?{parameter}={(parameter == "page" ? i + 1 : (i + 1) * 4)}";
        }

        Assert.Equal(Enumerable.Range(1, 10), ids);
    }

    [Theory]
    [InlineData("cursor")]
    [InlineData("json_link")]
    public async Task Next_WhenFollowedInTheBody_ThenLeadsThroughTheList(string style)
    {
        await using MockApiServer server = await MockApiFolder.ServeAsync(
            _folder.Api($"  people:\n    paging: {{ style: {style}, size: 4 }}\n    envelope: {{ next: \"{{next}}\", data: \"{{records}}\" }}"));

        var ids = new List<int>();
        string? address = $"{server.Address}/people?kept=1";
        while (address is not null)
        {
            using JsonDocument page = JsonDocument.Parse(await _client.GetStringAsync(address));
            ids.AddRange(page.RootElement.GetProperty("data").EnumerateArray().Select(Id));
            string? next = page.RootElement.GetProperty("next").GetString();
            address = next is null ? null
                : style == "cursor" ? $"{server.Address}/people?cursor={next}"
                : new Uri(server.Address, next).AbsoluteUri;
            Assert.True(next is null || style == "cursor" || next.StartsWith("/api/people?kept=1&page=", StringComparison.Ordinal), next);
        }

        Assert.Equal(Enumerable.Range(1, 10), ids);
    }

    [Fact]
    public async Task Next_WhenFollowedInTheHeader_ThenLeadsThroughTheList()
    {
        await using MockApiServer server = await MockApiFolder.ServeAsync(_folder.Api("  people: { paging: { style: header_link, size: 4 } }"));

        var ids = new List<int>();
        string? address = $"{server.Address}/people";
        while (address is not null)
        {
            using HttpResponseMessage page = await _client.GetAsync(address);
            using JsonDocument body = JsonDocument.Parse(await page.Content.ReadAsStringAsync());
            ids.AddRange(body.RootElement.EnumerateArray().Select(Id));
            address = page.Headers.TryGetValues("Link", out IEnumerable<string>? links) ? links.Single().Split('<', '>')[1] : null;
        }

        Assert.Equal(Enumerable.Range(1, 10), ids);
    }

    [Fact]
    public async Task Page_WhenItsTagIsKnown_ThenIsNotSentAgain()
    {
        await using MockApiServer server = await MockApiFolder.ServeAsync(_folder.Api("  people: {}"));
        using HttpResponseMessage first = await _client.GetAsync($"{server.Address}/people");
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{server.Address}/people");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var other = new HttpRequestMessage(HttpMethod.Get, $"{server.Address}/people");
        other.Headers.TryAddWithoutValidation("If-None-Match", "\"0\"");

        using HttpResponseMessage known = await _client.SendAsync(again);
        using HttpResponseMessage unknown = await _client.SendAsync(other);

        Assert.Equal((HttpStatusCode.NotModified, 0), (known.StatusCode, (await known.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal((HttpStatusCode.OK, first.Headers.ETag), (unknown.StatusCode, unknown.Headers.ETag));
        Assert.Equal(new Dictionary<int, long> { [200] = 2, [304] = 1 }, server.Statuses);
    }

    [Theory]
    [InlineData("/api/nobody", HttpStatusCode.NotFound)]
    [InlineData("/people", HttpStatusCode.NotFound)]
    [InlineData("/api/people/99", HttpStatusCode.NotFound)]
    [InlineData("/api/people/1/nobody", HttpStatusCode.NotFound)]
    [InlineData("/api/people?page=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/people?per_page=many", HttpStatusCode.BadRequest)]
    public async Task Address_WhenNothingIsThere_ThenSaysSo(string address, HttpStatusCode expected)
    {
        await using MockApiServer server = await MockApiFolder.ServeAsync(_folder.Api("  people: { paging: page_number }"));

        using HttpResponseMessage answer = await _client.GetAsync(new Uri(server.Address, address));
        using HttpResponseMessage posted = await _client.PostAsync($"{server.Address}/people", null);

        Assert.Equal(expected, answer.StatusCode);
        Assert.StartsWith("{\"error\":", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
    }

    [Fact]
    public async Task File_WhenGivenAsData_ThenItsArraysAreServed()
    {
        File.WriteAllText(_folder.At("data.json"), """{ "people": [ {"id": 7, "name": "Zoë"} ], "version": 1 }""");
        await using MockApiServer bare = await MockApiFolder.ServeAsync(MockApiDefinition.OfData(_folder.At("data.json")));
        await using MockApiServer declared = await MockApiFolder.ServeAsync(
            _folder.Api("  people: { envelope: { items: \"{records}\" } }"), new MockApiSettings { DataFile = _folder.At("data.json") });

        Assert.Equal("""[{"id":7,"name":"Zoë"}]""", await TextAsync(bare, "people"));
        Assert.Equal("""{"items":[{"id":7,"name":"Zoë"}]}""", await TextAsync(declared, "people"));
        UsageException missing = await Assert.ThrowsAsync<UsageException>(() => MockApiFolder.ServeAsync(
            _folder.Api("  notes: {}"), new MockApiSettings { DataFile = _folder.At("data.json") }));
        Assert.Equal($"{_folder.At("data.json")}: there is no array `notes`; it has people", missing.Message);
    }

    private static int Id(JsonElement record) => record.GetProperty("id").GetInt32();

    private Task<string> TextAsync(MockApiServer server, string address) =>
        _client.GetStringAsync($"{server.Address.AbsoluteUri.TrimEnd('/')}/{address}");
}
