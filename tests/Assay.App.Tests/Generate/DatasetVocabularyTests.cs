using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Assay.App.Generate;

namespace Assay.App.Tests.Generate;

/// <summary>What the words do that several datasets, lines and formats brought.</summary>
public sealed class DatasetVocabularyTests
{
    private const string Head = "generate: test\nstart: 2024-01-01\n";

    private const string Awkward =
        """
        columns:
          text: "a<b> & \"c\" \\ d\r\ne\tf"
          number: { decimal: 1.5, scale: 1 }
          spoiled: { integer: 7 }
          blank: ""
        errors: { rate: 1, kinds: { words: { set: { spoiled: { template: "{spoiled} & more" } } } } }

        """;

    [Fact]
    public async Task Xml_WhenValuesHoldMarkup_ThenAParserReadsThemBack()
    {
        string text = await TextAsync(Awkward + "format: xml\nroot: all\nrecord: one\n", 2);
        Assert.StartsWith(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <all>
              <one>
                <text>a&lt;b&gt; &amp; "c" \ d&#13;
            e	f</text>
                <number>1.5</number>
                <spoiled>7 &amp; more</spoiled>
                <blank></blank>
              </one>

            """,
            text,
            StringComparison.Ordinal);
        XElement[] records = [.. XDocument.Parse(text, LoadOptions.PreserveWhitespace).Root!.Elements("one")];
        Assert.Equal(2, records.Length);
        Assert.Equal(["a<b> & \"c\" \\ d\r\ne\tf", "1.5", "7 & more", ""], records[1].Elements().Select(element => element.Value));
    }

    [Fact]
    public async Task JsonLines_WhenValuesHoldQuotesAndControls_ThenAParserReadsThemBack()
    {
        string text = await TextAsync(Awkward + "format: jsonl\n", 2);
        string[] lines = text.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal(
            """{"text":"a<b> & \"c\" \\ d\u000d\u000ae\u0009f","number":1.5,"spoiled":"7 & more","blank":""}""", lines[0]);
        Assert.Equal("a<b> & \"c\" \\ d\r\ne\tf", JsonDocument.Parse(lines[1]).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Rows_WhenThereAreNone_ThenTheFileIsWholeAndEmpty()
    {
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<r>\n</r>\n", await TextAsync("columns: { a: x }\nformat: xml\nroot: r\nrecord: o\n", 0));
        Assert.Equal("", await TextAsync("columns: { a: x }\nformat: jsonl\n", 0));
    }

    [Fact]
    public async Task Template_WhenPartsAreChanged_ThenWritesThemSo()
    {
        string text = await TextAsync(
            """
            values:
              name: "Émile Zölä"
              number: { integer: 9876543210 }
            columns:
              a: { template: "{name|upper}/{name|lower}/{name|0..2}/{name|6..}/{name|..1}/{name|99..}" }
              b: { template: "{number|0..5}-{number|5..}" }
              c: { template: "{row+41:4|2..}/{name|6..|upper}" }

            """,
            1);
        Assert.Equal("a,b,c\nÉMILE ZöLä/Émile zölä/Ém/Zölä/É/,98765-43210,41/ZöLä\n", text);
    }

    [Fact]
    public async Task Unique_WhenRowsAreAsManyAsNumbers_ThenEachComesOnce()
    {
        foreach (int count in (int[])[1, 2, 3, 16, 17, 1000])
        {
            string text = await TextAsync($"columns:\n  a: {{ unique: [-5, {count - 6}] }}\n", count);
            Assert.Equal(Enumerable.Range(-5, count), text.Split('\n')[1..^1].Select(int.Parse).Order());
        }

        GenerateException error = await Assert.ThrowsAsync<GenerateException>(() => TextAsync("columns: { a: { unique: [1, 10] } }\n", 11));
        Assert.Equal("`test` can have 10 rows at most: it has no more unique values", error.Message);
    }

    [Fact]
    public async Task Lines_WhenTheyUseTheRow_ThenSeeItsValues()
    {
        string text = await TextAsync(
            """
            tables:
              goods: [{ name: pen, price: 2 }, { name: desk, price: 500 }, { name: lamp, price: 30.5 }]
              fees: [{ fee: 1 }, { fee: 2.25 }]
            values:
              fee: { pick: fees, in_turn: true }
              many: { cases: [{ when: total >= 1000, template: much }, little] }
            columns:
              id: { template: "R{row}" }
              at: { timestamp: { days: [0, 9] }, formats: yyyy-MM-dd }
              fees: { sum: fee_of_line }
              total: { sum: amount }
            lines:
              count: [1, 3]
              after: at
              values:
                good: { pick: goods, distinct: true }
                fee_of_line: { decimal: fee.fee }
                amount: { decimal: good.price, times: count }
              columns:
                number: { template: "{row}.{line+1:2}" }
                due: { timestamp: { from: at, days: 1 }, formats: yyyy-MM-dd }
                good_name: { field: good.name }
                count: { integer: [1, 9] }
                note: { template: "{id} {many} {fee.fee} {at}" }
                per_row: { integer: [1, 1000000], per: row_number }
                row_number: { integer: 0 }

            """,
            500);
        string[] lines = text.Split('\n')[..^1];
        Assert.Equal("id,at,number,due,good_name,count,note,per_row,row_number,fees,total", lines[0]);
        var prices = new Dictionary<string, decimal> { ["pen"] = 2, ["desk"] = 500, ["lamp"] = 30.5m };
        string[][] fields = [.. lines[1..].Select(line => line.Split(','))];
        foreach ((IGrouping<string, string[]> row, int number) in fields.GroupBy(line => line[0]).Select((row, number) => (row, number)))
        {
            Assert.Equal($"R{number}", row.Key);
            Assert.Equal(row.Select((_, line) => $"{number}.{line + 1:D2}"), row.Select(line => line[2]));
            Assert.Equal(row.Count(), row.Select(line => line[4]).Distinct().Count());
            decimal total = row.Sum(line => prices[line[4]] * int.Parse(line[5], Invariant));
            string fee = number % 2 == 0 ? "1" : "2.25";
            foreach (string[] line in row)
            {
                Assert.Equal(DateOnly.Parse(line[1], Invariant).AddDays(1), DateOnly.Parse(line[3], Invariant));
                Assert.Equal($"R{number} {(total >= 1000 ? "much" : "little")} {fee} {line[1]}", line[6]);
                Assert.Equal(decimal.Parse(fee, Invariant) * row.Count(), decimal.Parse(line[9], Invariant));
                Assert.Equal(total, decimal.Parse(line[10], Invariant));
            }
        }

        // One value of `row_number`, so one value per it.
        Assert.Single(fields.Select(line => line[7]).Distinct());
        Assert.Equal([1, 2, 3], fields.GroupBy(line => line[0]).Select(row => row.Count()).Distinct().Order());
    }

    [Fact]
    public async Task Reference_WhenThroughAnother_ThenGivesThatRowsValues()
    {
        GeneratePlan plan = GeneratePlan.Parse(
            Head + """
            tables: { kinds: [{ kind: big }, { kind: small }] }
            datasets:
              shops:
                rows: 7
                values: { kind: { pick: kinds } }
                columns:
                  shop_id: { template: "S{row}" }
                  size: { integer: [1, 1000000] }
                  kind_name: { field: kind.kind }
                  opened: { timestamp: { days: [0, 300] }, formats: yyyy-MM-dd }
              people:
                rows: 40
                values: { shop: { reference: shops } }
                columns:
                  name: { template: "P{row} of {shop.shop_id}" }
                  size: { integer: shop.size, times: 2 }
                  shop_kind: { field: shop.kind_name }
              visits:
                rows: 200
                format: jsonl
                file: all-visits.json
                values: { person: { reference: people } }
                columns:
                  who: { field: person.name }
                  shop_size: { integer: person.shop.size }
                  kind: { field: person.shop.kind.kind }
                  at: { timestamp: { from: person.shop.opened, days: 1 }, formats: yyyy-MM-dd }
                  mood: { choice: [good, bad], per: person }
                lines:
                  count: 2
                  columns:
                    twice_size: { integer: person.size }
                    other: { field: friend.name }
                  values: { friend: { reference: people } }

            """,
            "gen.yaml");
        Dictionary<string, string[]> shops = (await RowsAsync(plan, "shops")).ToDictionary(row => row[0]);
        Dictionary<string, string[]> people = (await RowsAsync(plan, "people")).ToDictionary(row => row[0]);
        Assert.All(people.Values, person =>
        {
            string[] shop = shops[person[0].Split(' ')[2]];
            Assert.Equal([(2 * int.Parse(shop[1], Invariant)).ToString(Invariant), shop[2]], person[1..]);
        });
        var moods = new Dictionary<string, string>();
        string[] visits = (await TextAsync(plan, "visits", new GenerateOptions())).Split('\n')[..^1];
        Assert.Equal(400, visits.Length);
        foreach (JsonElement visit in visits.Select(line => JsonDocument.Parse(line).RootElement))
        {
            string who = visit.GetProperty("who").GetString()!;
            string[] shop = shops[who.Split(' ')[2]];
            Assert.Equal((shop[1], shop[2]), (visit.GetProperty("shop_size").GetRawText(), visit.GetProperty("kind").GetString()));
            Assert.Equal(people[who][1], visit.GetProperty("twice_size").GetRawText());
            Assert.Equal(DateOnly.Parse(shop[3], Invariant).AddDays(1).ToString("yyyy-MM-dd", Invariant), visit.GetProperty("at").GetString());
            Assert.Contains(visit.GetProperty("other").GetString()!, people.Keys);
            string mood = visit.GetProperty("mood").GetString()!;
            Assert.Equal(mood, moods.TryGetValue(who, out string? known) ? known : moods[who] = mood);
        }

        Assert.Equal(["shops.csv", "people.csv", "all-visits.json"], plan.Datasets.Select(dataset => dataset.FileName));
        var none = new GenerateOptions { DatasetRows = new Dictionary<string, long> { ["people"] = 0 } };
        GenerateException error = await Assert.ThrowsAsync<GenerateException>(() => TextAsync(plan, "visits", none));
        Assert.Equal("`visits` refers to rows of `people`, which has none; give it one at least", error.Message);
    }

    [Fact]
    public async Task Reference_WhenWeighted_ThenSomeRowsAreReferredToMore()
    {
        GeneratePlan plan = GeneratePlan.Parse(
            Head + """
            datasets:
              few: { rows: 2000, columns: { id: { template: "{row}" } } }
              many:
                rows: 60000
                values: { one: { reference: few, weights: [1, 9] } }
                columns: { id: { field: one.id } }

            """,
            "gen.yaml");
        int[] counts = [.. (await RowsAsync(plan, "many")).GroupBy(row => row[0]).Select(group => group.Count())];

        // Half of the rows weigh 1, the others 9: 6 and 54 references on average.
        int light = counts.Count(count => count < 22) + 2000 - counts.Length;
        Assert.InRange(light, 1000 - (4 * 23), 1000 + (4 * 23));
        Assert.InRange(counts.Where(count => count >= 22).Average(), 50, 58);
    }

    [Fact]
    public async Task Twice_WhenItSetsSomething_ThenOnlyTheSecondRecordHasIt()
    {
        string text = await TextAsync(
            "columns: { id: { template: '{row}' }, a: x }\nerrors: { rate: 1, kinds: { again: { twice: true, set: { a: y } } }, afterwards: { never: { probability: 0, set: { a: z } } } }\n", 2);
        Assert.Equal("id,a\n0,x\n0,y\n1,x\n1,y\n", text);
    }

    [Theory]
    [InlineData("datasets: {}", "3:11: `datasets` needs 1 to 100 datasets")]
    [InlineData("datasets: { A: { columns: { a: x } } }", "3:13: `A` cannot be the name of a dataset: small letters, digits, `_` and `-` can")]
    [InlineData("datasets: { a: { columns: { a: x } } }\ncolumns: { a: x }", "4:1: unknown key `columns`; known are generate, start, datasets, tables")]
    [InlineData("datasets: { a: { rows: -1, columns: { a: x } } }", "3:24: `rows` must not be below 0")]
    [InlineData("datasets: { a: { rows: 1.5, columns: { a: x } } }", "3:24: `rows` must be a whole number")]
    [InlineData("datasets: { a: { file: x.csv, columns: { a: x } }, b: { file: x.csv, columns: { a: x } } }", "3:63: another dataset is written to x.csv already")]
    [InlineData("file: ../x.csv\ncolumns: { a: x }", "3:7: `file` is a name without a folder, of letters, digits, `_`, `-` and `.`")]
    [InlineData("format: html\ncolumns: { a: x }", "3:9: unknown format `html`; known are csv, xml, jsonl")]
    [InlineData("format: xml\ncolumns: { a: x }", "1:1: the file needs `record`\n1:1: the file needs `root`")]
    [InlineData("format: xml\nroot: a b\nrecord: 'x:y'\ncolumns: { 1a: x }", "4:7: `a b` cannot be the name of an XML element\n5:9: `x:y` cannot be the name of an XML element\n6:12: `1a` cannot be the name of an XML element")]
    [InlineData("format: xml\nroot: r\nrecord: o\ncolumns: { a: \"x\\x01\" }", "6:10: the text `x\u0001` cannot be written: XML cannot hold some of its characters")]
    [InlineData("format: jsonl\ndelimiter: ';'\nroot: r\ncolumns: { a: x }", "4:12: `delimiter` is for the format csv\n5:7: `root` is for the format xml")]
    [InlineData("split: a\ncolumns: { a: x }", "3:8: `a` is not a timestamp")]
    [InlineData("columns: { a: { reference: b } }", "3:28: unknown dataset before this one `b`")]
    [InlineData("datasets: { a: { values: { x: { reference: b } }, columns: { c: { field: x.c } } }, b: { columns: { c: x } } }", "3:44: unknown dataset before this one `b`")]
    [InlineData("datasets: { a: { columns: { c: x } }, b: { columns: { x: { reference: a } } } }", "3:58: a column cannot be a whole table row; put the `reference` under `values` and write its fields")]
    [InlineData("datasets: { a: { columns: { c: x } }, b: { values: { x: { reference: a } }, columns: { y: { field: x.d } } } }", "3:100: unknown value or column `d`; known are c")]
    [InlineData("datasets: { a: { columns: { c: x } }, b: { values: { x: { reference: a } }, columns: { y: { template: '{x}' } } } }", "3:103: `{x}` refers to a row; name one of its values, such as `{x.id}`")]
    [InlineData("columns: { a: { unique: [5, 1] } }", "3:25: `unique` needs a range of whole numbers of at most 18 digits: [least, most]")]
    [InlineData("columns: { a: { unique: [1, 5], per: b }, b: { integer: 1 } }", "3:25: `unique` gives each row a number of its own; it can be used neither in lines nor with `per`")]
    [InlineData("columns: { a: { sum: b }, b: { integer: 1 } }", "3:22: `sum` adds up a number of the lines of a row, and there are none here")]
    [InlineData("columns: { a: { sum: b } }\nlines: { count: a, columns: { b: { integer: 1 } } }", "3:22: `sum` adds up a number of the lines of a row, and there are none here")]
    [InlineData("columns: { a: { sum: b } }\nlines: { count: 1, columns: { b: { integer: a } } }", "4:45: `a` depends on itself")]
    [InlineData("columns: { a: { sum: b } }\nlines: { count: 1, columns: { b: x } }", "3:22: `b` is not a number")]
    [InlineData("columns: { a: { sum: b } }\nlines: { count: 1000, columns: { b: { integer: 99999999999999999 } } }", "3:22: the sum can be too large to be exact (18 digits in all)")]
    [InlineData("columns: { a: x }\nlines: { count: [0, 2], columns: { b: x } }", "4:17: `count` must be whole numbers from 1 to 1024")]
    [InlineData("columns: { a: x }\nlines: { count: 2, columns: { a: x } }", "4:31: `a` is a value of the row already; lines see the row's values by their names")]
    [InlineData("columns: { a: x }\nlines: { count: 2, columns: { line: x } }", "4:31: `line` cannot be a name; `row`, `line` and `start` have meanings of their own")]
    [InlineData("columns: { a: x }\nlines: { count: 2, after: b, columns: { b: x } }", "4:27: unknown column `b`; known are a")]
    [InlineData("columns: { a: x }\nlines: { columns: { b: x } }", "4:8: `lines` needs `count`")]
    [InlineData("tables: { t: [{ n: 1 }] }\nvalues: { p: { pick: t, distinct: true } }\ncolumns: { a: x }", "4:35: `distinct` is among the lines of a row; it can only be used for each line")]
    [InlineData("tables: { t: [{ n: 1 }] }\ncolumns: { a: x }\nlines: { count: 2, values: { p: { pick: t, distinct: true } }, columns: { b: x } }", "5:54: a row can have 2 lines, and table t has only 1 rows to tell them apart")]
    [InlineData("tables: { t: [{ n: 1 }] }\nvalues: { p: { pick: t, in_turn: yes } }\ncolumns: { a: x }", "4:34: `in_turn` must be true or false")]
    [InlineData("columns: { a: { template: '{b|title}' }, b: x }", "3:27: `|title`: after the bar comes upper, lower, or the characters to write, such as 0..5 or 5..")]
    [InlineData("columns: { a: x }\nlines: { count: 1, columns: { b: x } }\nerrors: { rate: 0.1, kinds: { k: { set: { b: y } } } }", "5:43: unknown column `b`; known are a")]
    [InlineData("columns: { a: x }\nerrors: &e { rate: 0.1, kinds: { k: { set: { a: y } } } }\nlines: { count: 1, columns: { b: x }, errors: *e }", "5:8: error `k` is both one of rows and one of lines; the counts are told by their names")]
    public void Parse_WhenOneThingIsWrong_ThenSaysWhereAndWhat(string yaml, string expected)
    {
        DefinitionException exception = Assert.Throws<DefinitionException>(() => GeneratePlan.Parse(Head + yaml, "gen.yaml"));
        Assert.Equal(
            expected.Split('\n').Select(problem => "gen.yaml:" + problem).Order(StringComparer.Ordinal),
            exception.Errors.Select(error => error.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parse_WhenReferencesGoThroughReferences_ThenIsRefusedBeforeItGrows()
    {
        var yaml = new StringBuilder(Head + "datasets:\n  d0: { columns: { n: { integer: 1 } } }\n");
        for (int i = 1; i <= 40; i++)
        {
            yaml.Append(System.Globalization.CultureInfo.InvariantCulture, $"  d{i}:\n    values: {{ a: {{ reference: d{i - 1} }}, b: {{ reference: d{i - 1} }} }}\n    columns: {{ n: {{ integer: a.n, times: b.n }} }}\n");
        }

        DefinitionException exception = Assert.Throws<DefinitionException>(() => GeneratePlan.Parse(yaml.ToString(), "gen.yaml"));
        Assert.Contains("too many rows are referred to", exception.Errors[0].ToString(), StringComparison.Ordinal);
    }

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;

    private static Task<string> TextAsync(string yaml, int rows) =>
        TextAsync(GeneratePlan.Parse(Head + yaml, "gen.yaml"), null, new GenerateOptions { Rows = rows });

    private static async Task<string[][]> RowsAsync(GeneratePlan plan, string dataset) =>
        [.. (await TextAsync(plan, dataset, new GenerateOptions())).Split('\n')[1..^1].Select(line => line.Split(','))];

    private static async Task<string> TextAsync(GeneratePlan plan, string? dataset, GenerateOptions options)
    {
        using var output = new MemoryStream();
        await DataGenerator.RunAsync(plan, dataset, output, options, progress: null, CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
