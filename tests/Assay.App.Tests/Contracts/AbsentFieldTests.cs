using Assay.App.Runs;
using Assay.Read;

namespace Assay.App.Tests.Contracts;

/// <summary>Fields that no record of a run has, and records that are not where they are to be: one rule for JSON, JSON lines and XML, streamed or kept in layers.</summary>
public sealed class AbsentFieldTests
{
    private const string Optional = "id: { type: integer, required: true }, refund: { type: string }, city: { type: string, field: city }";

    public static TheoryData<string, string> Ways
    {
        get
        {
            var ways = new TheoryData<string, string>();
            foreach (string format in new[] { "json", "jsonl", "xml" })
            {
                foreach (string engine in new[] { "memory", "sqlite", "duckdb", DropHome.Layers })
                {
                    ways.Add(format, engine);
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Optional_WhenNoRecordHasIt_ThenWarnsAndTakesItForMissing(string format, string engine)
    {
        using var home = new DropHome(format, engine, 2, Optional);
        RunOutcome outcome = home.Run(home.Write($"drop.{format}", Records(format, ("id", "1", "cty"), ("id", "2", "cty"))));

        Assert.Equal(
            [
                "no record of `drops` has a value for `refund` of `drops` (field `refund`)",
                "no record of `drops` has a value for `city` of `drops` (field `city`); did you mean `cty`?",
            ],
            home.Warnings.Where(warning => !warning.StartsWith("new field", StringComparison.Ordinal)));
        Assert.Equal((2, 2), (outcome.Books.Read, outcome.Books.Accepted));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Optional_WhenARecordOfOneFileHasIt_ThenAllIsWell(string format, string engine)
    {
        using var home = new DropHome(format, engine, 2, "id: { type: integer, required: true }, city: { type: string }");
        home.Write($"drop-1.{format}", Records(format, ("id", "1", "city")));
        string last = home.Write($"drop-2.{format}", Records(format, ("id", "2", "id2")));
        RunOutcome outcome = home.Run(last.Replace("drop-2", "drop-*", StringComparison.Ordinal));

        Assert.DoesNotContain(home.Warnings, warning => !warning.StartsWith("new field", StringComparison.Ordinal));
        Assert.Equal(2, outcome.Books.Accepted);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Required_WhenNoRecordHasIt_ThenEndsTheRunAndNamesWhatThereIs(string format, string engine)
    {
        using var home = new DropHome(format, engine, 2, Optional);
        string file = home.Write($"drop.{format}", Records(format, ("idd", "1", "city"), ("idd", "2", "city")));
        ReadException failure = Assert.Throws<ReadException>(() => home.Run(file));

        Assert.Equal($"{file}: no record has 'id' (did you mean 'idd'?); the records have: city, idd.", failure.Message);
        Assert.Equal(2, ExitCodes.Of(failure));
        Assert.Empty(home.Gold);

        file = file.Replace("drop.", "drop*.", StringComparison.Ordinal);
        home.Write($"drop2.{format}", Records(format, ("idd", "1", "city")));
        Assert.StartsWith("source `drops`: no record has 'id'", Assert.Throws<ReadException>(() => home.Run(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("memory")]
    [InlineData(DropHome.Layers)]
    public void Required_WhenTheOnlyRecordHasAListInstead_ThenTellsOfTheRecordPath(string engine)
    {
        using var home = new DropHome("json", engine, 1);
        string file = home.Write("drop.json", """{"data":[{"id":1}]}""");
        Assert.Equal(
            $"{file}: no record has 'id'; the records have: data. There is a single record: if a list inside it has the records, give the path to the list as `record`.",
            Assert.Throws<ReadException>(() => home.Run(file)).Message);
        Assert.Equal(1, home.Run(file, record: "data").Books.Accepted);
    }

    [Theory]
    [InlineData("json", "memory", "data.Items", """{"data":{"items":[{"id":1}]}}""", "the records are to be at `data.Items`, but there is no such place; the names there are: items.")]
    [InlineData("json", DropHome.Layers, "data.Items", """{"data":{"items":[{"id":1}]}}""", "the records are to be at `data.Items`, but there is no such place; the names there are: items.")]
    [InlineData("json", "memory", "data", "{}", "the records are to be at `data`, but there is no such place: the object is empty.")]
    [InlineData("xml", "memory", "line", "<orders><Line><id>1</id></Line></orders>", "the records are to be `line` elements (did you mean `Line`?), but there is none; the elements there are: orders, Line, id.")]
    [InlineData("xml", "duckdb", "line", "<orders><Line><id>1</id></Line></orders>", "the records are to be `line` elements (did you mean `Line`?), but there is none; the elements there are: orders, Line, id.")]
    [InlineData("xml", DropHome.Layers, "line", "<orders><Line><id>1</id></Line></orders>", "the records are to be `line` elements (did you mean `Line`?), but there is none; the elements there are: orders, Line, id.")]
    public void Records_WhenNothingIsWhereTheyAreToBe_ThenEndsTheRunAndNamesWhatThereIs(string format, string engine, string record, string text, string message)
    {
        using var home = new DropHome(format, engine, 2);
        string file = home.Write($"drop.{format}", text);
        ReadException failure = Assert.Throws<ReadException>(() => home.Run(file, record: record));

        Assert.Equal($"{file}: {message}", failure.Message);
        Assert.Equal(2, ExitCodes.Of(failure));
        Assert.Empty(home.Gold);
    }

    [Theory]
    [InlineData("json", "data.items", """{"data":{"items":[]}}""")]
    [InlineData("json", "data.items", """{"data":{"items":null}}""")]
    [InlineData("json", null, "[]")]
    [InlineData("xml", null, "<orders/>")]
    [InlineData("xml", null, "<feed><day>1</day><orders>\n</orders></feed>")]
    public void Records_WhenTheListIsEmpty_ThenThereAreNone(string format, string? record, string text)
    {
        foreach ((string engine, int threads) in DropHome.Ways)
        {
            using var home = new DropHome(format, engine, threads, Optional);
            RunOutcome outcome = home.Run(home.Write($"drop.{format}", text), record: record);

            Assert.Equal(0, outcome.Books.Read);
            Assert.Empty(home.Warnings);
        }
    }

    [Theory]
    [InlineData("memory")]
    [InlineData(DropHome.Layers)]
    public void Names_WhenTheyHaveADot_ThenAreReadInQuotesAndTheHintSaysSo(string engine)
    {
        using var home = new DropHome("json", engine, 1, """id: { type: integer, required: true, field: '"x.id"' }, y: { type: string, field: x.y }""");
        RunOutcome outcome = home.Run(home.Write("drop.json", """[{"x.id":1,"x.y":"a"}]"""));

        Assert.Equal(1, outcome.Books.Accepted);
        Assert.Contains("no record of `drops` has a value for `y` of `drops` (field `x.y`); did you mean `\"x.y\"`?", home.Warnings);
    }

    /// <summary>Records of two fields: a name and its number, and another that says `x`.</summary>
    private static string Records(string format, params (string Name, string Value, string Other)[] records)
    {
        string[] texts = [.. records.Select(record => format == "xml"
            ? $"<order><{record.Name}>{record.Value}</{record.Name}><{record.Other}>x</{record.Other}></order>"
            : $"{{\"{record.Name}\":{record.Value},\"{record.Other}\":\"x\"}}")];
        return format switch
        {
            "xml" => $"<orders>{string.Concat(texts)}</orders>",
            "jsonl" => string.Join('\n', texts),
            _ => $"[{string.Join(',', texts)}]",
        };
    }
}
