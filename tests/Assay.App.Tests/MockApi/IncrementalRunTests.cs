using Assay.App.MockApi;
using Assay.App.Runs;
using Assay.App.Tests.Rest;
using Assay.Store;

namespace Assay.App.Tests.MockApi;

/// <summary>An incremental pipeline and a made-up API that understands it, end to end.</summary>
public sealed class IncrementalRunTests : IDisposable
{
    private const string Api = """
        mock_api: town
        data: people.json
        resources:
          people:
            paging: { style: page_number, size: 2 }
            envelope: { pages: "{pages}", total: "{total}", data: "{records}" }
            incremental: { cursor_path: updated_at, start_param: since }
        """;

    private readonly PeopleHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Runs_WhenRecordsShareTheLastMoment_ThenNoneIsLostOrThereTwice()
    {
        _home.Change("    record: data\n", "    record: data\n    incremental: { cursor_path: updated_at, start_param: since, initial_value: \"2024-01-02\" }\n");
        RunOutcome first = await RunAsync(PeopleApi.Person(1), PeopleApi.Person(2, updated: "2024-01-02"), PeopleApi.Person(3, updated: "2024-03-01"));
        Assert.Equal((2, 2), (first.Books.Read, first.Requests["people"].DeclaredRecords));
        Assert.Equal(["Pune,2,3"], _home.Rows("by_city"));
        Assert.Equal("2024-03-01", Watermark());

        RunOutcome second = await RunAsync(
            PeopleApi.Person(2, updated: "2024-01-02"), PeopleApi.Person(3, updated: "2024-03-01"), PeopleApi.Person(4, updated: "2024-03-01"), PeopleApi.Person(5, updated: "2024-04-01"));
        Assert.Equal(3, second.Books.Read);
        Assert.Equal(["Pune,4,5"], _home.Rows("by_city"));
        Assert.Equal("2024-04-01", Watermark());

        // Nothing new: the record at the watermark alone is listed, and what it says is the same.
        RunOutcome third = await RunAsync(PeopleApi.Person(5, updated: "2024-04-01"));
        Assert.Equal(["Pune,4,5"], _home.Rows("by_city"));
        Assert.Equal((1, "2024-04-01"), (third.Requests["people"].Records, Watermark()));
    }

    private async Task<RunOutcome> RunAsync(params string[] people)
    {
        await File.WriteAllTextAsync(_home.Program.At("people.json"), $"{{\"people\":[{string.Join(',', people)}]}}");
        MockApiDefinition api = MockApiReader.Read(Api, _home.Program.At("mock-api.yaml"));
        await using MockApiServer server = await MockApiFolder.ServeAsync(api);
        return _home.Run(options => options with { SimulatedApi = new SimulatedApi(server.Address) });
    }

    private string? Watermark()
    {
        using var state = PageState.Open(_home.Home);
        return state.Watermark(new PageOwner("town", "people", SimulatedApi.Label));
    }
}
