using Assay.App.Runs;
using Assay.App.Tests.EndToEnd;
using Assay.Read;
using Assay.Store;

namespace Assay.App.Tests.Rest;

/// <summary>Runs whose pipeline, parents or luck changed since the run before.</summary>
public sealed class RestChangeTests : IDisposable
{
    private readonly PeopleHome _home = new();

    private PeopleApi Api => _home.Api;

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Manifest_WhenARunFails_ThenTellsWhatItAskedAllTheSame()
    {
        Api.With(1, 5);
        Api.Hangs = address => address.EndsWith("page=3", StringComparison.Ordinal);
        _home.Change("timeout: 20 seconds", "timeout: 2 seconds");
        Assert.Throws<ReadException>(() => _home.Run());
        RunManifest failed = LastManifest();
        RunRequests asked = failed.Requests["people"];
        Assert.Equal((RunStatus.Failed, 2, 4, 4, 2), (failed.Status, asked.Pages, asked.Records, asked.Requests, asked.PagesFetched));
        Assert.Equal(1, asked.Retries["timeout"]);

        // So does that of a run that a check stopped.
        Api.Hangs = _ => false;
        Api.Declared = 6;
        Assert.Throws<CheckException>(() => _home.Run());
        Assert.Equal(RunStatus.ChecksFailed, LastManifest().Status);
        Assert.Equal((3, 5, 6), (LastManifest().Requests["people"].Pages, LastManifest().Requests["people"].Records, LastManifest().Requests["people"].DeclaredRecords));
    }

    [Fact]
    public void Run_WhenAnInterruptedExtractGoesOnWithOtherPages_ThenTheFirstAreNotTakenForLoaded()
    {
        Api.With(1, 5);
        _home.Change("    record: data\n", "    record: data\n    params: { kind: one }\n");
        _home.Run(options => options with { Until = Layer.Bronze });
        _home.Change("kind: one", "kind: two");
        Assert.Equal(5, _home.Run().Books.Read);
        _home.Change("kind: two", "kind: one");
        RunOutcome outcome = _home.Run();
        Assert.Equal(5, outcome.Books.Read);
        Assert.All(outcome.Given, file => Assert.False(file.IsSeen));
        Assert.Equal(0, _home.Run().Books.Read);
    }

    [Fact]
    public void Run_WhenAParentHasNoRecords_ThenTheTableIsEmptyUntilItHas()
    {
        _home.Change("tables:\n  people:\n    from: people\n", "  notes: { format: rest, path: \"people/{resources.people.id}/notes\" }\ntables:\n  people:\n    from: notes\n");
        Assert.Equal(0, _home.Run().Books.Read);
        Assert.Empty(_home.Rows("by_city"));
        Api.With(1, 1);
        Api.Notes["1"] = """[{"id":10,"city":"Goa"}]""";
        Assert.Equal(1, _home.Run().Books.Read);
        Assert.Equal(["Goa,1,10"], _home.Rows("by_city"));
    }

    [Fact]
    public void Run_WhenFieldsOfTheParentAreIncluded_ThenRecordsHaveThemAndChangeWithThem()
    {
        Api.With(1, 2);
        Api.Notes["1"] = """[{"id":10}]""";
        Api.Notes["2"] = """[ {"id":20}, {"id":"x"} ]""";
        _home.Change(
            "tables:\n  people:\n    from: people\n",
            "  notes: { format: rest, path: \"people/{resources.people.id}/notes\", include_from_parent: [id, city] }\ntables:\n  people:\n    from: notes\n    schema_contract: discard_row\n")
            .Change("city: { type: string }", "city: { type: string, field: _people_city }")
            .Change("name: { type: string }", "name: { type: string, field: _people_id }");
        RunOutcome outcome = _home.Run();
        Assert.Equal(["Pune,2,20"], _home.Rows("by_city"));
        QuarantinedRow row = Assert.Single(QuarantinedRow.Read(File.ReadAllBytes(outcome.Tables[0].QuarantineFile!)));
        Assert.Equal("""{"id":"x","_people_id":2,"_people_city":"Pune"}""", row.Record);

        // Of what did not change, nothing is loaded; a parent's change is one of its children, too.
        Assert.Equal(0, _home.Run().Books.Read);
        Api.People[0] = PeopleApi.Person(1, "Goa");
        Api.Asked();
        outcome = _home.Run();
        Assert.Equal(["people/1/notes", "people/2/notes", "people?page=1"], Api.Asked());
        Assert.Equal(1, outcome.Books.Read);
        Assert.Equal(["Goa,1,10", "Pune,1,20"], _home.Rows("by_city"));

        _home.Run(options => options with { FullRefresh = true }, baseUrl: "");
        Assert.Equal(["Goa,1,10", "Pune,1,20"], _home.Rows("by_city"));
    }

    private RunManifest LastManifest() => Directory.GetDirectories(Path.Combine(_home.Home.Root, "runs"))
        .Select(folder => RunManifest.Load(_home.Home, Path.GetFileName(folder))!).MaxBy(manifest => manifest.Started)!;
}
