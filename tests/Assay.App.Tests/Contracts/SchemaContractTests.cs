using System.Text.Json;
using Assay.App.Pipelines;
using Assay.App.Reports;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Tests.Contracts;

/// <summary>What becomes of fields that no column reads, by the table's contract; with silver and without.</summary>
public sealed class SchemaContractTests : IDisposable
{
    private const string Old = """[{"id":1,"seen":"x"},{"id":2,"seen":"x"}]""";
    private const string New = """[{"id":3,"seen":"x"},{"id":4,"fresh":1,"other":2},{"id":5,"fresh":1}]""";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assay-contract-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Evolve_WhenFieldsAreNew_ThenReportsThemOnce(bool keepsSilver)
    {
        (RunOutcome first, string[] firstWarnings) = Run("evolve", Old, keepsSilver);
        (RunOutcome second, string[] warnings) = Run("evolve", New, keepsSilver);
        (RunOutcome third, string[] lastWarnings) = Run("evolve", New.Replace("3", "6", StringComparison.Ordinal), keepsSilver);

        Assert.Empty(firstWarnings.Concat(lastWarnings));
        Assert.Equal(["seen"], first.UnknownFields["items"]);
        Assert.Empty(first.NewFields);
        Assert.Equal(
            [
                $"new field `fresh` (first in {File("new")}, record 2) in source `items`; it stays in the raw data. Read it with a column, or name it in `known_fields`",
                $"new field `other` (first in {File("new")}, record 2) in source `items`; it stays in the raw data. Read it with a column, or name it in `known_fields`",
            ],
            warnings.Select(warning => warning.Replace(File(New), File("new"), StringComparison.Ordinal)));
        Assert.Equal(["fresh", "other", "seen"], second.UnknownFields["items"]);
        Assert.Empty(third.NewFields);
        Assert.Equal(3, third.Tables[0].Quality.Accepted);
        RunManifest manifest = RunManifest.Load(Home, second.RunId)!;
        Assert.Equal(["fresh", "other", "seen"], manifest.UnknownFields["items"]);
        Assert.Equal(["fresh", "other"], manifest.NewFields["items"]);
        Assert.Equal(
            [("fresh", true), ("other", true), ("seen", false)],
            Quality(second).GetProperty("unknown_fields").EnumerateArray().Select(field => (field.GetProperty("name").GetString()!, field.GetProperty("new").GetBoolean())));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Freeze_WhenThereAreUnknownFields_ThenFailsAndPublishesNothing(bool keepsSilver)
    {
        (RunOutcome known, _) = Run("freeze", Old, keepsSilver);
        CheckException exception = Assert.Throws<CheckException>(() => Run("freeze", New, keepsSilver));

        Assert.Contains(known.Checks, check => check is { Name: "schema_contract", Holds: true });
        Assert.Equal(
            $"check `schema_contract` of `items` does not hold: expected only fields that columns read or `known_fields` names, found `fresh` (first in {File(New)}, record 2), `other` (first in {File(New)}, record 2)",
            exception.Message);
        Assert.Equal(1, ExitCodes.Of(exception));
        Assert.EndsWith(known.RunId, Home.CurrentGold("shop"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DiscardRow_WhenRecordsHaveUnknownFields_ThenSetsThemAside(bool keepsSilver)
    {
        (RunOutcome outcome, string[] warnings) = Run("discard_row", New, keepsSilver);

        TableOutcome table = outcome.Tables[0];
        Assert.Empty(warnings);
        Assert.Equal((3, 1, 2), (table.Quality.Read, table.Quality.Accepted, table.Quality.Quarantined));
        JsonElement fault = Quality(outcome).GetProperty("record_faults")[0];
        Assert.Equal(
            ("unknown_field", 2, "no fields but those that the tables read, or `known_fields` names"),
            (fault.GetProperty("code").GetString(), fault.GetProperty("rows").GetInt32(), fault.GetProperty("expected").GetString()));
        Assert.Contains(",unknown_field,", System.IO.File.ReadAllText(table.QuarantineFile!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DiscardValue_WhenRecordsHaveUnknownFields_ThenTakesThemAndCounts(bool keepsSilver)
    {
        Run("discard_value", Old, keepsSilver);
        (RunOutcome outcome, string[] warnings) = Run("discard_value", New, keepsSilver);

        Assert.Empty(warnings);
        Assert.Equal(3, outcome.Tables[0].Quality.Accepted);
        Assert.Equal(
            [("fresh", 2), ("other", 1)],
            Quality(outcome).GetProperty("unknown_fields").EnumerateArray().Select(field => (field.GetProperty("name").GetString()!, field.GetProperty("discarded_values").GetInt32())));
    }

    [Fact]
    public void Freeze_WhenTheSourceIsCsv_ThenNamesTheFile()
    {
        string file = Path.Combine(_folder.FullName, "items.csv");
        System.IO.File.WriteAllText(file, "id,seen,fresh\n1,x,1\n");
        CheckException exception = Assert.Throws<CheckException>(() => Run(Yaml("freeze", keepsSilver: false, "csv"), file));

        Assert.EndsWith($"found `fresh` (first in {file})", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DiscardRow_WhenTheSourceIsCsv_ThenSaysWhatCanBeHad()
    {
        DefinitionException exception = Assert.Throws<DefinitionException>(() => Run(Yaml("discard_row", keepsSilver: false, "csv"), "items.csv"));

        Assert.Equal(
            ["pipeline.yaml:7:22: `discard_row` is for JSON, whose records each say which fields they have; source `items` is `csv`; write `freeze` or `discard_value`"],
            exception.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void DiscardRow_WhenAnotherTableReadsTheSource_ThenWantsItThereToo()
    {
        string yaml = Yaml("discard_row", keepsSilver: false).Replace(
            "kpis:", "  others:\n    from: items\n    columns: { seen: { type: string } }\nkpis:", StringComparison.Ordinal);
        DefinitionException exception = Assert.Throws<DefinitionException>(() => Run(yaml, "items.json"));

        Assert.Equal(
            ["pipeline.yaml:10:3: `others` reads the source of `items`, which sets records with unknown fields aside, and they are set aside for both; write `schema_contract: discard_row` here, too"],
            exception.Errors.Select(error => error.ToString()));
    }

    private AssayHome Home => new(Path.Combine(_folder.FullName, "data"));

    private string File(string json) => Path.Combine(_folder.FullName, $"{string.Concat(json.Where(char.IsDigit))}.json");

    private (RunOutcome Outcome, string[] Warnings) Run(string contract, string json, bool keepsSilver)
    {
        System.IO.File.WriteAllText(File(json), json);
        // The first run knows nothing of what is usual; `evolve` tells what is new since then.
        string yaml = Yaml(contract, keepsSilver);
        return Run(contract == "evolve" ? yaml.Replace(", known_fields: [seen]", "", StringComparison.Ordinal) : yaml, File(json));
    }

    private (RunOutcome Outcome, string[] Warnings) Run(string yaml, string file)
    {
        var settings = new PipelineSettings { Overrides = new Dictionary<string, string> { ["file"] = file }, WorkingDirectory = _folder.FullName };
        var progress = new RunProgress();
        RunOutcome outcome = new PipelineRun(PipelineLoader.Parse(yaml, "pipeline.yaml", settings), new RunOptions { Home = Home, Threads = 2 }, progress)
            .Execute(CancellationToken.None);
        return (outcome, [.. progress.Warnings]);
    }

    private static string Yaml(string contract, bool keepsSilver, string format = "json") => $$"""
        pipeline: shop
        {{(keepsSilver ? "layers: [bronze, silver, gold]" : "title: The shop")}}
        variables: { file: "" }
        sources: { items: { format: {{format}}, path: "${file}", known_fields: [seen] } }
        tables:
          items:
            schema_contract: {{contract}}
            from: items
            columns: { id: { type: integer, required: true } }
        kpis:
          items: { title: Items, from: items, measures: { items: count(*) } }
        """;

    private static JsonElement Quality(RunOutcome outcome)
    {
        using var output = new MemoryStream();
        QualityJson.Write(outcome, output);
        return JsonDocument.Parse(output.ToArray()).RootElement.GetProperty("tables").GetProperty("items");
    }
}
