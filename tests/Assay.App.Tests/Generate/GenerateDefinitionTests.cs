using Assay.App.Generate;

namespace Assay.App.Tests.Generate;

/// <summary>What is wrong with a generation file is said all at once, each with its place.</summary>
public sealed class GenerateDefinitionTests
{
    private const string Head = "generate: test\nstart: 2024-01-01\n";

    [Fact]
    public void Parse_WhenManyThingsAreWrong_ThenTellsAllWithTheirPlaces()
    {
        const string Yaml =
            """
            generate: test
            start: 01/01/2024
            delimter: ","
            tables:
              products:
                - { name: pen, price: 2 }
                - { name: desk, prise: 100 }
            values:
              product: { pick: product }
            columns:
              id: { template: "ORD-{row:8" }
              quantity: { integer: [20, 1] }
              price: { decimal: quantty, times: tenfold }
              region: { choise: [North] }
            errors:
              rate: 1.5
              kinds:
                negative: { sett: { quantity: -1 } }
            """;
        Assert.Equal(
            [
                "gen.yaml:2:8: `start` must be a date written yyyy-MM-dd",
                "gen.yaml:3:1: unknown key `delimter`, did you mean `delimiter`?",
                "gen.yaml:7:7: a row of table `products` needs `price`",
                "gen.yaml:7:21: unknown key `prise`, did you mean `price`?",
                "gen.yaml:9:20: unknown table `product`, did you mean `products`?",
                "gen.yaml:11:19: the brace at character 5 is not closed; write {{ for a brace itself",
                "gen.yaml:12:24: the first number of a range must not be above the second, in any row",
                "gen.yaml:13:21: unknown value or column `quantty`, did you mean `quantity`?",
                "gen.yaml:13:37: unknown value or column `tenfold`; known are product, id, quantity, price, region",
                "gen.yaml:14:11: `region` does not say how it is made, did you mean `choice`?",
                "gen.yaml:16:9: `rate` must be a number from 0 to 1",
                "gen.yaml:18:15: error `negative` needs `set`",
                "gen.yaml:18:17: unknown key `sett`, did you mean `set`?",
            ],
            Problems(Yaml));
    }

    [Theory]
    [InlineData("columns: {}", "3:10: `columns` needs at least one column")]
    [InlineData("columns: [a]", "3:10: `columns` must be a mapping of keys to values, not a list\n3:10: `columns` needs at least one column")]
    [InlineData("columns: { row: x }", "3:12: `row` cannot be a name; `row` and `start` have meanings of their own")]
    [InlineData("values: { a: x }\ncolumns: { a: x }", "4:12: `a` is both a value and a column; a column can be used like a value")]
    [InlineData("columns: { a: { template: '{b}' }, b: { template: '{a}' } }", "3:51: `a` depends on itself")]
    [InlineData("columns: { a: { integer: a } }", "3:26: `a` depends on itself")]
    [InlineData("columns: { a: [1, 2] }", "3:15: `a` must be a mapping of keys to values, not a list\n3:15: `a` does not say how it is made; give one of template, pick, field, choice, integer, decimal, timestamp, cases, unique, reference, sum")]
    [InlineData("columns: { a: { integer: 1, decimal: 2 } }", "3:15: `a` can be made in one way only, not by `integer` and `decimal`")]
    [InlineData("columns: { a: { integer: 1, scale: 2 } }", "3:29: unknown key `scale`; known are integer, times, at_least, at_most, per, blank")]
    [InlineData("columns: { a: { integer: 1.5 } }", "3:26: an integer needs whole numbers")]
    [InlineData("columns: { a: { integer: x } }", "3:26: unknown value or column `x`; known are a")]
    [InlineData("columns: { a: { integer: b }, b: text }", "3:26: `b` is not a number")]
    [InlineData("columns: { a: { integer: [1] } }", "3:26: a range has two numbers: [least, most]")]
    [InlineData("columns: { a: { integer: [1, 9223372036854775807] } }", "3:26: the numbers are too large to be exact at this scale (18 digits in all)")]
    [InlineData("columns: { a: { decimal: [1, 99999999999], scale: 2 } }", "3:26: the numbers are too large to be exact at this scale (18 digits in all)")]
    [InlineData("columns: { a: { integer: 999999999, times: [999999999, 99] } }", "3:26: the numbers are too large to be exact at this scale (18 digits in all)")]
    [InlineData("columns: { a: { integer: 1, at_least: 3, at_most: 2 } }", "3:51: `at_most` is below `at_least`")]
    [InlineData("columns: { a: { integer: 1, at_least: 0.5 } }", "3:39: `at_least` must fit the number's scale of 0 digits after the point")]
    [InlineData("columns: { a: { decimal: 1, scale: 10 } }", "3:36: `scale` is a number of digits from 0 to 9, or the least and the most: [1, 2]")]
    [InlineData("columns: { a: { decimal: 1, scale: [3, 2] } }", "3:36: `scale` is a number of digits from 0 to 9, or the least and the most: [1, 2]")]
    [InlineData("columns: { a: { integer: 1, times: { month: b, factors: [1] } }, b: x }", "3:57: `factors` needs twelve numbers, January first")]
    [InlineData("columns: { a: { integer: 1, times: { month: b, factors: [1,2,3,4,5,6,7,8,9,10,11,12] } }, b: x }", "3:45: `b` is not a timestamp")]
    [InlineData("columns: { a: { choice: [] } }", "3:25: a choice needs at least one entry")]
    [InlineData("columns: { a: { choice: [{ value: x, weight: 0 }] } }", "3:46: `weight` must be above 0")]
    [InlineData("columns: { a: { choice: [{ weight: 2 }] } }", "3:26: an entry of a choice needs a `value`, `variants` or a `template`\n3:25: a choice needs at least one entry")]
    [InlineData("columns: { a: { choice: [{ value: x, template: y }] } }", "3:26: an entry has either a `template`, or a `value` and its `variants`")]
    [InlineData("columns: { a: { template: 'x}' } }", "3:27: the brace at character 2 was not opened; write }} for a brace itself")]
    [InlineData("columns: { a: { template: '{9..1}' } }", "3:27: `{9..1}`: the first number must not be above the second")]
    [InlineData("columns: { a: { template: '{row:0}' } }", "3:27: `{row:0}`: after the colon comes the number of digits, 1 to 100")]
    [InlineData("columns: { a: { template: '{b:3}' }, b: x }", "3:27: `{b:3}`: only a whole number can be given a number of digits")]
    [InlineData("columns: { a: { template: '{}' } }", "3:27: unknown value or column ``; known are a")]
    [InlineData("columns: { a: { field: b }, b: x }", "3:24: expected the field of a picked row, such as `product.name`, found `b`")]
    [InlineData("columns: { a: { field: b.c }, b: x }", "3:24: `b` picks no table row, so it has no fields")]
    [InlineData("tables: { t: [{ n: 1 }] }\ncolumns: { a: { pick: t } }", "4:15: a column cannot be a whole table row; put the `pick` under `values` and write its fields")]
    [InlineData("tables: { t: [{ name: 1 }] }\nvalues: { p: { pick: t } }\ncolumns: { a: { field: p.nam } }", "5:24: unknown field of table t `nam`, did you mean `name`?")]
    [InlineData("tables: { t: [{ low: 5, high: 4 }] }\nvalues: { p: { pick: t } }\ncolumns: { a: { integer: [p.low, p.high] } }", "5:26: the first number of a range must not be above the second, in any row")]
    [InlineData("tables: { t: [] }\ncolumns: { a: x }", "3:14: table `t` needs a list of rows")]
    [InlineData("tables: { t: [{ a: [] }] }\ncolumns: { a: x }", "3:20: a field needs at least one text")]
    [InlineData("columns: { a: { timestamp: { days: [0, 1.5] } } }", "3:36: `days` needs whole numbers")]
    [InlineData("columns: { a: { timestamp: { days: 99999999 } } }", "3:36: `days` reaches beyond the calendar")]
    [InlineData("columns: { a: { timestamp: { from: b } }, b: x }", "3:36: `b` is not a timestamp")]
    [InlineData("columns: { a: { timestamp: {}, formats: [yyyy-mm-DD] } }", "3:42: format `yyyy-mm-DD`: 'D' is not part of yyyy, MMM, MM, M, dd, d, HH, H, mm, ss; put text in single quotes")]
    [InlineData("columns: { a: { timestamp: {}, formats: [] } }", "3:41: `formats` needs at least one format")]
    [InlineData("columns: { a: { cases: [{ when: b > 1, template: x }] }, b: { integer: 1 } }", "3:25: the last case must not have a `when`: it is for all other rows")]
    [InlineData("columns: { a: { cases: [x, y] } }", "3:25: every case but the last needs a `when`")]
    [InlineData("columns: { a: { cases: [{ when: b is 1, template: x }, y] }, b: { integer: 1 } }", "3:33: expected a comparison such as `quantity >= 10`, found `b is 1`")]
    [InlineData("columns: { a: { cases: [{ when: b = Nort, template: x }, y] }, b: { choice: [North] } }", "3:33: unknown entry `Nort`, did you mean `North`?")]
    [InlineData("columns: { a: { cases: [{ when: b > North, template: x }, y] }, b: { choice: [North] } }", "3:33: `b` is a text: it can be compared with = and !=")]
    [InlineData("columns: { a: { cases: [{ when: b > x, template: x }, y] }, b: { integer: 1 } }", "3:33: `b` cannot be compared with `x`")]
    [InlineData("columns: { a: { template: x, per: b }, b: y }", "3:35: `per` needs a whole number or a picked row, and `b` is neither")]
    [InlineData("columns: { a: { template: x, blank: 2 } }", "3:37: `blank` must be a number from 0 to 1")]
    [InlineData("tables: { t: [{ n: 1 }] }\nvalues: { p: { pick: t, blank: 0.5 } }\ncolumns: { a: x }", "4:14: `p` picks a table row, which cannot be blank; give `blank` to the columns that write its fields")]
    [InlineData("columns: { a: x }\nerrors: { rate: 0.1 }", "4:9: `errors` needs 1 to 63 kinds")]
    [InlineData("columns: { a: x }\nerrors: { rate: 0.1, kinds: { k: { set: { b: x } } } }", "4:43: unknown column `b`; known are a")]
    [InlineData("columns: { a: x }\nerrors: { rate: 0.1, kinds: { k: { set: {} } } }", "4:41: `set` needs at least one column")]
    [InlineData("columns: { a: x }\nline_end: cr", "4:11: `line_end` must be lf or crlf")]
    [InlineData("columns: { a: x }\ndelimiter: ab", "4:12: `delimiter` must be one of \",\" \";\" \"|\" \"\\t\"")]
    [InlineData("columns: { a: x, a: y }", "3:18: key `a` is there twice; the first is on line 3")]
    public void Parse_WhenOneThingIsWrong_ThenSaysWhereAndWhat(string yaml, string expected) =>
        Assert.Equal(
            expected.Split('\n').Select(problem => "gen.yaml:" + problem).Order(StringComparer.Ordinal),
            Problems(Head + yaml).Order(StringComparer.Ordinal));

    [Fact]
    public void Parse_WhenTemplatesRepeatTemplates_ThenIsRefusedBeforeItGrows()
    {
        IEnumerable<string> lines = Enumerable.Range(1, 40).Select(i => $"  v{i}: {{ template: \"{{v{i - 1}}}{{v{i - 1}}}\" }}");
        string problem = Assert.Single(Problems($"{Head}values:\n  v0: text\n{string.Join('\n', lines)}\ncolumns:\n  a: x\n"));
        Assert.EndsWith("the text can be longer than 1 MiB", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_WhenValuesGoThroughTooManyOthers_ThenIsRefused()
    {
        IEnumerable<string> lines = Enumerable.Range(0, 150).Select(i => $"  v{i}: {{ template: \"{{v{i + 1}}}\" }}");
        string problem = Assert.Single(Problems($"{Head}values:\n{string.Join('\n', lines)}\n  v150: x\ncolumns:\n  a: x\n"));
        Assert.EndsWith("`v100` is reached through more than 100 values", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhenTheFileIsMissing_ThenNamesIt()
    {
        DefinitionException exception = Assert.Throws<DefinitionException>(() => GeneratePlan.Load("no/such.yaml"));
        Assert.StartsWith("no/such.yaml: the file cannot be read: ", exception.Errors.Single().ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Problems(string yaml) =>
        Assert.Throws<DefinitionException>(() => GeneratePlan.Parse(yaml, "gen.yaml")).Errors.Select(error => error.ToString());
}
