using System.Text;
using System.Text.Json;
using Assay.Data;

namespace Assay.Store.Tests;

public class TableTests
{
    private static readonly Schema Everything = new(
    [
        new Column("name", ColumnType.String),
        new Column("count, all", ColumnType.Integer),
        new Column("revenue", ColumnType.Decimal(38, 2)),
        new Column("rate", ColumnType.Decimal(18, 6)),
        new Column("ok", ColumnType.Boolean),
        new Column("day", ColumnType.Date),
        new Column("at", ColumnType.Timestamp),
    ]);

    private static readonly ResultTable Table = new("everything", "Everything", Everything,
    [
        ["plain", (Int128)1, (Int128)123456, (Int128)1, true, new DateOnly(2026, 3, 4), new DateTime(2026, 3, 4, 5, 6, 7)],
        [null, null, null, null, null, null, null],
        ["", (Int128)0, (Int128)0, (Int128)0, false, new DateOnly(1, 1, 1), new DateTime(1, 1, 1)],
        ["comma, \"quote\"", (Int128)(-5), (Int128)(-5), (Int128)(-1_000_001), true, new DateOnly(9999, 12, 31), new DateTime(9999, 12, 31, 23, 59, 59).AddMicroseconds(999_999)],
        ["line\nfeed\r\nreturn\r", Int128.MaxValue, Int128.MaxValue, -Int128.MaxValue, false, new DateOnly(2024, 2, 29), new DateTime(2024, 2, 29, 0, 0, 0, 500)],
        ["=1+1 \t <b>&'é 😀 \u2028 \0", (Int128)long.MinValue, (Int128)1, (Int128)(-1), true, new DateOnly(1970, 1, 1), new DateTime(1970, 1, 1)],
    ]);

    [Fact]
    public void Csv_WhenEveryKindOfCellIsWritten_ThenEqualsTheGoldenFile() =>
        AssertGolden("everything.csv", Written(CsvTable.Write, Table));

    [Fact]
    public void Json_WhenEveryKindOfCellIsWritten_ThenEqualsTheGoldenFile() =>
        AssertGolden("everything.json", Written(JsonTable.Write, Table));

    [Fact]
    public void Json_WhenParsed_ThenHasTheExactNumbersAndTexts()
    {
        using JsonDocument document = JsonDocument.Parse(Written(JsonTable.Write, Table));

        JsonElement[] rows = [.. document.RootElement.EnumerateArray()];
        Assert.Equal(Table.Rows.Count, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(Everything.Columns.Select(c => c.Name), rows[i].EnumerateObject().Select(p => p.Name));
            Assert.Equal((string?)Table.Rows[i][0], rows[i].GetProperty("name").GetString());
        }

        Assert.Equal("1234.56", rows[0].GetProperty("revenue").GetRawText());
        Assert.Equal("0.00", rows[2].GetProperty("revenue").GetRawText());
        Assert.Equal("-0.05", rows[3].GetProperty("revenue").GetRawText());
        Assert.Equal("1701411834604692317316873037158841057.27", rows[4].GetProperty("revenue").GetRawText());
        Assert.Equal("-0.000001", rows[5].GetProperty("rate").GetRawText());
        Assert.True(rows[5].GetProperty("ok").GetBoolean());
    }

    [Fact]
    public void Tables_WhenThereAreNoRows_ThenHaveTheirHeaderOrAnEmptyArray()
    {
        ResultTable empty = Table with { Rows = [] };

        Assert.Equal("name,\"count, all\",revenue,rate,ok,day,at\n", Encoding.UTF8.GetString(Written(CsvTable.Write, empty)));
        Assert.Equal("[]\n", Encoding.UTF8.GetString(Written(JsonTable.Write, empty)));
    }

    [Fact]
    public void Json_WhenATableHasTotals_ThenIsAnObjectOfTheRowsAndThemAndTheCsvIsOfTheRows()
    {
        var table = new ResultTable("trends", "Trends", new Schema([new Column("month", ColumnType.String)]), [["2024-01"]])
        {
            Totals =
            [
                new ResultTotal("total_months", ColumnType.Integer, (Int128)5),
                new ResultTotal("growth", ColumnType.Decimal(38, 3), (Int128)156),
                new ResultTotal("best", ColumnType.String, "a \"b\""),
                new ResultTotal("none", ColumnType.Decimal(38, 2), null),
                new ResultTotal("rising", ColumnType.Boolean, true),
                new ResultTotal("segments", [new ResultTotal("High Value", [new ResultTotal("count", ColumnType.Integer, (Int128)3), new ResultTotal("min_spend", ColumnType.Integer, (Int128)500)])]),
            ],
        };

        Assert.Equal(
            """
            {
              "trends": [
                {
                  "month": "2024-01"
                }
              ],
              "total_months": 5,
              "growth": 0.156,
              "best": "a \"b\"",
              "none": null,
              "rising": true,
              "segments": {
                "High Value": {
                  "count": 3,
                  "min_spend": 500
                }
              }
            }

            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(Written(JsonTable.Write, table)));
        Assert.Equal("month\n2024-01\n", Encoding.UTF8.GetString(Written(CsvTable.Write, table)));
    }

    [Fact]
    public void Csv_WhenATableOfOneColumnHasANull_ThenItsLineIsNotEmpty()
    {
        var table = new ResultTable("one", "One", new Schema([new Column("x", ColumnType.Integer)]), [[(Int128)1], [null]]);

        Assert.Equal("x\n1\n\"\"\n", Encoding.UTF8.GetString(Written(CsvTable.Write, table)));
    }

    [Fact]
    public void Tables_WhenACellIsOfAnotherKind_ThenItIsRefused()
    {
        var table = new ResultTable("one", "One", new Schema([new Column("x", ColumnType.Integer)]), [["text"]]);

        Assert.Throws<ArgumentException>(() => Written(CsvTable.Write, table));
        Assert.Throws<ArgumentException>(() => Written(JsonTable.Write, table));
    }

    private static byte[] Written(Action<ResultTable, Stream> write, ResultTable table)
    {
        using var output = new MemoryStream();
        write(table, output);
        return output.ToArray();
    }

    private static void AssertGolden(string file, byte[] actual)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Golden", file);
        Assert.Equal(File.ReadAllText(path), Encoding.UTF8.GetString(actual));
        Assert.Equal(File.ReadAllBytes(path), actual);
    }
}
