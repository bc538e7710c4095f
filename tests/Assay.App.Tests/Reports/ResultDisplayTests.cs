using Assay.App.Reports;
using Assay.Data;
using Assay.Measure;
using Spectre.Console;

namespace Assay.App.Tests.Reports;

public sealed class ResultDisplayTests
{
    [Theory]
    [InlineData("Laptop Pro 15", "Laptop Pro 15")]
    [InlineData("\u001b[31mred\u0007\0", "\uFFFD[31mred\uFFFD\uFFFD")]
    public void Harmless_WhenTheDataHasControlCharacters_ThenTheTerminalGetsNone(string text, string shown) =>
        Assert.Equal(shown, ResultDisplay.Harmless(text));

    [Fact]
    public void Write_WhenThereAreTotals_ThenTheyStandBelowTheTable()
    {
        ResultTotal[] totals =
        [
            new("revenue", ColumnType.Decimal(38, 2), (Int128)250_901_100),
            new("tiers",
            [
                new ResultTotal("VIP", [new ResultTotal("count", ColumnType.Integer, (Int128)1200), new ResultTotal("minimum", ColumnType.Integer, (Int128)800)]),
                new ResultTotal("[x]\u001b", [new ResultTotal("count", ColumnType.Integer, (Int128)0), new ResultTotal("minimum", ColumnType.Integer, null)]),
            ]),
        ];
        var definition = new KpiDefinition { Name = "k", Title = "K", From = "t" };
        var table = new ResultTable("k", "K", new Schema([new Column("a", ColumnType.Integer)]), [[(Int128)1]]) { Totals = totals };

        Assert.Equal(["  revenue: 2,509,011.00", "  tiers: VIP (count 1,200, minimum 800), [x]\uFFFD (count 0, minimum )"], Notes(new KpiResult(definition, table, totals)));
        Assert.Equal(["  flagged: 1,234 in all"], Notes(new KpiResult(
            definition, table with { Totals = [] }, [new ResultTotal("flagged", ColumnType.Integer, (Int128)1234)])));
    }

    [Fact]
    public void Write_WhenTheTerminalIsNarrow_ThenTheColumnThatRowsAreOrderedByStays()
    {
        var definition = new KpiDefinition { Name = "k", Title = "K", From = "t", OrderBy = [new OrderTerm("comments_received_in_all", Descending: true)] };
        var schema = new Schema([new Column("id", ColumnType.Integer), new Column("comments_received_in_all", ColumnType.Integer), new Column("per_post", ColumnType.Integer)]);
        var table = new ResultTable("k", "K", schema, [[(Int128)1, (Int128)2, (Int128)3]]);

        string[] lines = Lines(new KpiResult(definition, table, []), width: 40);

        Assert.Contains("│ id │ comments_received_in_all │", lines);
        Assert.Contains("  in k.csv also per_post", lines);
    }

    [Fact]
    public void Note_WhenItHasNoRoom_ThenGoesOnFurtherIn() => Assert.Equal(
        ["  in a.csv also first_order,", "    last_order, segment"], ReportConsole.Lines("in a.csv also first_order, last_order, segment", 28));

    private static string[] Notes(KpiResult result) => [.. Lines(result, width: 120).Where(line => line.StartsWith("  ", StringComparison.Ordinal))];

    private static string[] Lines(KpiResult result, int width)
    {
        var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
        });
        console.Profile.Width = width;
        ResultDisplay.Write(console, result);
        return [.. output.ToString().Split('\n').Select(line => line.TrimEnd())];
    }
}
