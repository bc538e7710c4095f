using System.Text.Json;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.App.Tests.EndToEnd;
using Assay.Store;

namespace Assay.App.Tests.Rest;

/// <summary>Runs of a pipeline whose rows come from an API, from the first page to the published result.</summary>
public sealed class RestRunTests : IDisposable
{
    private readonly PeopleHome _home = new();

    private PeopleApi Api => _home.Api;

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Run_WhenTheApiHasPages_ThenKeepsThemAndPublishesTheirRows()
    {
        Api.With(1, 5);
        RunOutcome outcome = _home.Run();

        Assert.Equal(["Pune,5,5"], _home.Rows("by_city"));
        Assert.Equal(["people?page=1", "people?page=2", "people?page=3"], Api.Asked().Order());
        Assert.Equal(["page-00001.json.gz", "page-00002.json.gz", "page-00003.json.gz"], _home.Pages());
        Assert.Equal(5, outcome.Books.Read);
        RunRequests asked = outcome.Requests["people"];
        Assert.Equal((3, 5, 5, 3, 3), (asked.Pages, asked.Records, asked.DeclaredRecords, asked.Requests, asked.PagesFetched));
        CheckFinding total = Assert.Single(outcome.Checks);
        Assert.Equal("check `declared_total` of `people` holds: 5 records, as the API says of `people`; found 5 records", total.ToString());
    }

    [Fact]
    public void Run_WhenNothingChanged_ThenAsksByTagsAndLoadsNothing()
    {
        Api.With(1, 5);
        _home.Run();
        Api.Asked();
        RunOutcome outcome = _home.Run();

        Assert.Equal(["people?page=1 304", "people?page=2 304", "people?page=3 304"], Api.Asked());
        Assert.Equal(0, outcome.Books.Read);
        Assert.All(outcome.Given, file => Assert.True(file.IsSeen));
        Assert.Equal((5, 3, 0), (outcome.Requests["people"].Records, outcome.Requests["people"].PagesUnchanged, outcome.Requests["people"].PagesFetched));
        Assert.Equal(["Pune,5,5"], _home.Rows("by_city"));
    }

    [Fact]
    public void Run_WhenNothingChangedAndThereAreNoTags_ThenLoadsNothing()
    {
        Api.TellsTags = false;
        Api.With(1, 5);
        _home.Run();
        RunOutcome outcome = _home.Run();
        Assert.Equal((0, 3), (outcome.Books.Read, outcome.Requests["people"].PagesFetched));
        Assert.Equal(3, _home.Pages().Length);
    }

    [Fact]
    public void Run_WhenOnePageChanged_ThenLoadsThatPageAlone()
    {
        Api.With(1, 5);
        _home.Run();
        Api.People[2] = PeopleApi.Person(3, "Goa");
        RunOutcome outcome = _home.Run();
        Assert.Equal(2, outcome.Books.Read);
        Assert.Equal(["Goa,1,3", "Pune,4,5"], _home.Rows("by_city"));
    }

    [Fact]
    public void Run_WhenAPageIsAsItWasBeforeTheLastOne_ThenLoadsItAgain()
    {
        Api.With(1, 2);
        _home.Run();
        Api.People[0] = PeopleApi.Person(1, "Goa");
        _home.Run();
        Assert.Equal(["Goa,1,1", "Pune,1,2"], _home.Rows("by_city"));
        Api.People[0] = PeopleApi.Person(1);
        RunOutcome outcome = _home.Run();

        Assert.Equal(2, outcome.Books.Read);
        Assert.Equal(["Pune,2,2"], _home.Rows("by_city"));
        Assert.Equal(["people?page=1", "people?page=1", "people?page=1"], _home.Loaded());
        Assert.Equal(3, _home.Pages().Length);

        // What was loaded in this order gives the same again.
        _home.Run(options => options with { FullRefresh = true });
        Assert.Equal(["Pune,2,2"], _home.Rows("by_city"));
    }

    [Fact]
    public void Run_WhenTwoPagesAreEqual_ThenBothAreKeptAndLoaded()
    {
        Api.With(1, 2);
        Api.Notes["1"] = Api.Notes["2"] = """[{"id":1,"city":"Goa"}]""";
        _home.Change("tables:\n  people:\n    from: people\n    key: [id]\n", "  notes: { format: rest, path: \"people/{resources.people.id}/notes\" }\ntables:\n  people:\n    from: notes\n");
        Assert.Equal(2, _home.Run().Books.Read);
        Assert.Equal(["Goa,2,1"], _home.Rows("by_city"));
        Assert.Equal(["people/1/notes", "people/2/notes"], _home.Loaded("notes"));
        Assert.Equal(0, _home.Run().Books.Read);
    }

    [Fact]
    public void Run_WhenADeclaredTotalDiffers_ThenPublishesNothingAndAsksAgain()
    {
        Api.With(1, 5);
        Api.Declared = 6;
        _home.Change("concurrency: 2", "concurrency: 2, cache: 1 hour");
        CheckException failure = Assert.Throws<CheckException>(() => _home.Run());
        Assert.Contains("check `declared_total` of `people` does not hold: expected 6 records, as the API says of `people`, found 5 records", failure.Message, StringComparison.Ordinal);
        Assert.Null(_home.Home.CurrentGold("town"));
        Assert.Empty(_home.Loaded());
        Assert.Equal(3, _home.Pages().Length);

        // Neither are its pages of an extract that goes on, nor young enough not to be asked for.
        Api.Declared = null;
        Api.With(6, 6);
        Api.Asked();
        Assert.Equal(6, _home.Run().Books.Read);
        Assert.Equal(3, Api.Asked().Length);
        Assert.Equal(["Pune,6,6"], _home.Rows("by_city"));
    }

    [Fact]
    public void Run_WhenPagesAreYoungerThanTheCache_ThenAsksForNone()
    {
        Api.With(1, 5);
        _home.Change("concurrency: 2", "concurrency: 2, cache: 1 hour");
        _home.Run();
        Api.Asked();
        RunOutcome outcome = _home.Run();
        Assert.Empty(Api.Asked());
        Assert.Equal((0, 3), (outcome.Requests["people"].Requests, outcome.Requests["people"].PagesCached));
    }

    [Fact]
    public void Run_WhenIncremental_ThenTheWatermarkMovesOnlyWithTheCommit()
    {
        Incremental();
        _home.Yaml += "\nchecks:\n  - { table: people, name: few, rows: \"id < 100\" }\n";
        Api.People.AddRange([PeopleApi.Person(1, updated: "2024-01-01"), PeopleApi.Person(2, updated: "2024-03-01")]);
        _home.Run();
        Assert.Equal("2024-03-01", _home.Watermark());
        Assert.Equal(["people?since=2024-01-01&page=1"], Api.Asked());

        // A check that fails leaves the watermark, so that the same is asked for again.
        Api.People.Add(PeopleApi.Person(100, updated: "2024-04-01"));
        Assert.Throws<CheckException>(() => _home.Run());
        Assert.Equal("2024-03-01", _home.Watermark());
        Assert.Equal(["people?since=2024-03-01&page=1"], Api.Asked());

        Api.People[2] = PeopleApi.Person(3, "Goa", "2024-05-01");
        RunOutcome outcome = _home.Run();
        Assert.Equal(["people?since=2024-03-01&page=1"], Api.Asked());
        Assert.Equal(2, outcome.Books.Read);
        Assert.Equal("2024-05-01", _home.Watermark());
        Assert.Equal(["Goa,1,3", "Pune,2,2"], _home.Rows("by_city"));
    }

    [Fact]
    public void Run_WhenASourceNeedsAnothersValues_ThenAsksForEach()
    {
        Api.With(1, 3);
        Api.Notes["1"] = """[{"id":10,"person":1},{"id":11,"person":1}]""";
        Api.Notes["3"] = """[{"id":30,"person":3}]""";
        _home.Change("tables:\n", "  notes: { format: rest, path: \"people/{resources.people.id}/notes\", paginator: single_page }\ntables:\n  notes: { from: notes, key: [id], columns: { id: { type: integer, required: true }, person: { type: integer } } }\n");
        RunOutcome outcome = _home.Run();
        Assert.Equal(["people/1/notes", "people/2/notes", "people/3/notes", "people?page=1", "people?page=2"], Api.Asked().Order(StringComparer.Ordinal));
        Assert.Equal(3, outcome.Requests["notes"].Records);
        Assert.Equal(["page-00001-00001.json.gz", "page-00002-00001.json.gz", "page-00003-00001.json.gz"], _home.Pages("notes"));
        Assert.Equal(["people/1/notes", "people/3/notes"], _home.Loaded("notes"));
        Assert.Equal(3, outcome.Tables.Single(table => table.Quality.Table == "notes").Books.Accepted);
    }

    [Fact]
    public void Run_WhenAParentHasNoTable_ThenItsValuesAreUsedAllTheSame()
    {
        Api.With(1, 2);
        Api.Notes["2"] = """[{"id":20,"city":"Goa"}]""";
        _home.Change("tables:\n  people:\n    from: people\n", "  notes: { format: rest, path: \"people/{resources.people.id}/notes\" }\ntables:\n  people:\n    from: notes\n");
        Assert.Equal(1, _home.Run().Books.Read);
        Assert.Equal(["Goa,1,20"], _home.Rows("by_city"));
        Assert.Equal(0, _home.Run().Books.Read);
    }

    [Fact]
    public void Run_WhenTheApiHasNothing_ThenPublishesNoRows()
    {
        Assert.Equal(0, _home.Run().Books.Read);
        Assert.Empty(_home.Rows("by_city"));
        Api.With(1, 1);
        Assert.Equal(1, _home.Run().Books.Read);
        Assert.Equal(["Pune,1,1"], _home.Rows("by_city"));
    }

    [Fact]
    public void Run_WhenUntilBronze_ThenTheNextRunGoesOnWithWhatIsThere()
    {
        Api.With(1, 5);
        RunOutcome landed = _home.Run(options => options with { Until = Layer.Bronze });
        Assert.Equal((0, 3), (landed.Books.Read, landed.Given.Count(file => !file.IsSeen)));
        Assert.Empty(_home.Loaded());
        Api.Asked();
        RunOutcome outcome = _home.Run();
        Assert.Empty(Api.Asked());
        Assert.Equal((5, 3), (outcome.Books.Read, outcome.Requests["people"].PagesResumed));

        // Asked to land again, it asks again.
        _home.Run(options => options with { Until = Layer.Bronze });
        _home.Run(options => options with { Until = Layer.Bronze });
        Assert.Equal(6, Api.Asked().Length);
    }

    [Fact]
    public void Run_WhenAnUnfinishedExtractIsOld_ThenBeginsAnew()
    {
        var time = new SetTime(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        _home.Time = time;
        Api.With(1, 2);
        _home.Run(options => options with { Until = Layer.Bronze });
        Api.Asked();
        time.Now += TimeSpan.FromHours(25);
        Assert.Equal(2, _home.Run().Books.Read);
        Assert.Equal(["people?page=1 304"], Api.Asked());
    }

    [Fact]
    public void Run_WhenRebuilt_ThenTakesThePagesAndWhatIsNew()
    {
        Api.With(1, 4);
        _home.Run();
        Api.With(5, 5);
        RunOutcome outcome = _home.Run(options => options with { FullRefresh = true });

        // Each page tells the total, so that all of them changed.
        Assert.Equal((9, 5), (outcome.Books.Read, outcome.Cumulative!["people"].Accepted));
        Assert.Equal(["Pune,5,5"], _home.Rows("by_city"));

        // Nobody is asked when nothing says whom.
        Api.Asked();
        outcome = _home.Run(options => options with { FullRefresh = true }, baseUrl: "");
        Assert.Empty(Api.Asked());
        Assert.Equal((9, 5), (outcome.Books.Read, outcome.Cumulative!["people"].Accepted));
    }

    [Fact]
    public void Run_WhenTheStateWasLost_ThenTheRebuildLoadsNoPageTwice()
    {
        Api.With(1, 5);
        _home.Change("    key: [id]\n", "");
        _home.Run();
        SqliteGone();
        RunOutcome outcome = _home.Run(options => options with { FullRefresh = true });
        Assert.Equal(5, outcome.Books.Read);
        Assert.Equal(["Pune,5,5"], _home.Rows("by_city"));
        Assert.Equal(0, _home.Run().Books.Read);
    }

    [Fact]
    public void Run_WhenAPageIsDamaged_ThenItIsFetchedAgain()
    {
        Api.With(1, 4);
        _home.Run();
        string page = Directory.GetFiles(_home.Home.Bronze("people"), "page-00002.json.gz", SearchOption.AllDirectories).Single();
        byte[] whole = File.ReadAllBytes(page);
        File.WriteAllBytes(page, whole[..^3]);
        Api.Asked();
        Assert.Equal(0, _home.Run().Books.Read);
        Assert.Equal(["people?page=1 304", "people?page=2"], Api.Asked());
        Assert.Equal(whole, File.ReadAllBytes(page));
    }

    [Fact]
    public void Run_WhenNothingSaysWhereTheApiIs_ThenSaysWhatToDo()
    {
        UsageException failure = Assert.Throws<UsageException>(() => _home.Run(baseUrl: ""));
        Assert.Equal("nothing says where the API of `people` is, as its `base_url` is empty; give its variable a value, such as --set base_url=https://api.example.com", failure.Message);
    }

    [Fact]
    public void Run_WhenARowIsBad_ThenTheQuarantineTellsThePage()
    {
        Api.With(1, 3);
        Api.People[2] = """{"id":"three","name":"P3","city":"Goa"}""";
        RunOutcome outcome = _home.Run();
        Assert.Equal(1, outcome.Books.Quarantined);
        QuarantinedRow row = Assert.Single(QuarantinedRow.Read(File.ReadAllBytes(outcome.Tables[0].QuarantineFile!)));
        Assert.Equal("people?page=2", row.File.Replace(Api.Base + "/", "", StringComparison.Ordinal));
        Assert.Equal((1, """{"id":"three","name":"P3","city":"Goa"}"""), (row.Row, row.Record));
    }

    [Fact]
    public void Run_WhenRecordsRepeatAParentThatDisagrees_ThenTheQuarantineHasTheRecordsOfThePages()
    {
        Api.Notes["1"] = """[{"id":1,"city":"Goa","line":1},{"id":1,"city":"Pune","line":2}]""";
        Api.With(1, 1);
        _home.Change("tables:\n  people:\n    from: people\n    key: [id]\n", "  notes: { format: rest, path: \"people/{resources.people.id}/notes\" }\ntables:\n  people:\n    from: notes\n    key: [id]\n    lines: { table: lines, key: [id, line], columns: [line] }\n")
            .Change("      city: { type: string }\n", "      city: { type: string }\n      line: { type: integer, required: true }\n");
        RunOutcome outcome = _home.Run();
        IReadOnlyList<QuarantinedRow> rows = QuarantinedRow.Read(File.ReadAllBytes(outcome.Tables[0].QuarantineFile!));
        Assert.Equal(["""{"id":1,"city":"Goa","line":1}""", """{"id":1,"city":"Pune","line":2}"""], rows.Select(row => row.Record));
        Assert.Equal([1L, 2L], rows.Select(row => row.Row));
    }

    [Fact]
    public void Simulate_WhenRealDataFollows_ThenItTakesThePlaceOfTheInvented()
    {
        using var invented = new PeopleApi();
        invented.With(1, 4);
        var api = new SimulatedApi(new Uri(invented.Base + "/"));
        _home.Change("client: {", "client: { auth: { type: bearer, token: \"${TOWN_TOKEN_THAT_NOBODY_SETS}\" },");
        RunOutcome outcome = _home.Run(options => options with { SimulatedApi = api });
        Assert.Equal(["simulated:people?page=1", "simulated:people?page=2"], outcome.Given.Select(file => file.Origin));
        Assert.Equal(["Pune,4,4"], _home.Rows("by_city"));
        Assert.Equal(0, _home.Run(options => options with { SimulatedApi = api }).Books.Read);

        _home.Change("auth: { type: bearer, token: \"${TOWN_TOKEN_THAT_NOBODY_SETS}\" },", "");
        Api.With(7, 7);
        Assert.Equal(1, _home.Run().Books.Read);
        Assert.Contains("the sample that was loaded before gives way to the files given now", _home.Warnings);
        Assert.Equal(["Pune,1,7"], _home.Rows("by_city"));

        UsageException failure = Assert.Throws<UsageException>(() => _home.Run(options => options with { SimulatedApi = api }));
        Assert.Equal(
            $"`town` holds real data in {_home.Home.Root}, and what an imitation of its API invents is never mixed with that; set ASSAY_HOME to another folder to simulate",
            failure.Message);
    }

    [Fact]
    public void Manifest_WhenARunAskedAnApi_ThenTellsHow()
    {
        Api.With(1, 3);
        RunOutcome outcome = _home.Run();
        RunRequests kept = RunManifest.Load(_home.Home, outcome.RunId)!.Requests["people"];
        Assert.Equal((2, 3, 3, 2, 2), (kept.Pages, kept.Records, kept.DeclaredRecords, kept.Requests, kept.PagesFetched));
        using var quality = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_home.Home.Run(outcome.RunId), "quality.json")));
        Assert.Equal(3, quality.RootElement.GetProperty("requests").GetProperty("people").GetProperty("records").GetInt64());
    }

    private void Incremental() => _home.Change(
        "    record: data\n", "    record: data\n    incremental: { cursor_path: updated_at, start_param: since, initial_value: \"2024-01-01\" }\n");

    private void SqliteGone()
    {
        foreach (string file in Directory.GetFiles(_home.Home.Root, "assay.db*"))
        {
            File.Delete(file);
        }
    }

    private sealed class SetTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
