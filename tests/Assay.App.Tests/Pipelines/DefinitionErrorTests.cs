using Assay.App.Pipelines;

namespace Assay.App.Tests.Pipelines;

public sealed class DefinitionErrorTests
{
    private const string Shop =
        """
        pipeline: shop
        variables: { file: shop.csv }
        maps:
          regions: { nort: North }
        sources:
          sales: { format: csv, path: "${file}" }
        tables:
          sales:
            from: sales
            columns:
              region: { type: string, clean: [trim, { map: regions }] }
              price: { type: "decimal(14,2)", check: value > 0 }
              sold: { type: date }
              pieces: { type: integer }
            derive:
              revenue: pieces * price
        kpis:
          regions:
            from: sales
            group_by: [region]
            measures: { revenue: { value: sum(revenue), scale: 2 }, pieces: sum(pieces) }
            derive: { share: share(revenue) }
            order_by: [-revenue]
            limit: 10
            chart: bar
        """;

    [Fact]
    public void Parse_WhenNothingIsWrong_ThenGivesThePipeline() =>
        Assert.Equal("shop", PipelineLoader.Parse(Shop, "shop.yaml", new PipelineSettings()).Name);

    [Theory]
    [InlineData("pipeline: shop", "pipelin: shop", "1:1: unknown key `pipelin`, did you mean `pipeline`?", "1:1: `pipeline` is missing; it is the pipeline's name")]
    [InlineData("pipeline: shop", "pipeline: ../shop", "1:11: `../shop` cannot name a pipeline: it names its folders; use a-z, 0-9, `_` and `-`")]
    [InlineData("pipeline: shop", "pipeline: [shop]", "1:11: `pipeline` must be a text, not a list")]
    [InlineData("pipeline: shop", "pipeline: shop\npipeline: again", "2:1: key `pipeline` is there twice; the first is on line 1")]
    [InlineData("pipeline: shop", "pipeline: shop\ntime_zone: Mars/Olympus", "2:12: unknown time zone `Mars/Olympus`; write a name of the IANA's, for example `Asia/Kolkata`")]
    [InlineData("pipeline: shop", "pipeline: shop\ntime_zone: ../../etc/passwd", "2:12: unknown time zone `../../etc/passwd`; write a name of the IANA's, for example `Asia/Kolkata`")]
    [InlineData("pipeline: shop", "pipeline: shop\nschedules: {}", "2:1: unknown key `schedules`; the keys are pipeline, title, description, time_zone, layers, retention, engine, engines, variables, maps, client, sources, tables, kpis, outputs, checks, dashboard, simulate")]
    [InlineData("pipeline: shop", "pipeline: !!str shop", "1:11: the tag `tag:yaml.org,2002:str` means nothing here; leave it out")]
    [InlineData("pipeline: shop", "pipeline: shop\n? [a]\n: b", "2:3: a key must be a text, not a list")]
    public void Top_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors) => AssertErrors(right, wrong, errors);

    [Theory]
    [InlineData("{ format: csv, path", "{ fromat: csv, path", "6:3: `format` is missing; it is one of csv, xml, json, jsonl, parquet, rest", "6:12: unknown key `fromat`, did you mean `format`?")]
    [InlineData("format: csv", "format: excel", "6:20: `format` cannot be `excel`; it is one of csv, xml, json, jsonl, parquet, rest")]
    [InlineData(", path: \"${file}\"", "", "6:3: `path` is missing; it says where the files are")]
    [InlineData("\"${file}\"", "\"\"", "6:31: `path` is empty; name a file, or declare a `sample` to stand in for it")]
    [InlineData("\"${file}\"", "[a.csv, b.csv]", "6:31: `path` must be a text, not a list")]
    [InlineData("\"${file}\"", "data/**/a.csv", "6:36: `**` is not understood; `*` stands for any part of one name")]
    [InlineData("\"${file}\"", "a.csv, delimiter: ab", "6:49: `ab` cannot delimit fields; write `auto`, `tab` or one character such as `;`")]
    [InlineData("\"${file}\"", "a.csv, encoding: cp1252", "6:48: `encoding` cannot be `cp1252`; it is one of utf-8, utf-16, latin-1, windows-1252")]
    [InlineData("{ format: csv, path: \"${file}\"", "{ format: json, path: a.json, encoding: latin-1", "6:50: a source of format `json` has no `encoding`; it belongs to `csv`")]
    [InlineData("\"${file}\"", "a.csv, skip_lines: -1", "6:50: `skip_lines` must be a whole number from 0 to 1000000, not `-1`")]
    [InlineData("{ format: csv, path: \"${file}\"", "{ format: jsonl, path: a.json, skip_lines: 1", "6:53: a source of format `jsonl` has no `skip_lines`; it belongs to `csv`")]
    [InlineData("\"${file}\"", "a.csv, delimiter: '\"'", "6:49: `\"` cannot delimit fields; write `auto`, `tab` or one character such as `;`")]
    [InlineData("\"${file}\"", "a.csv, sample: { rows: 0, seed: x }", "6:38: `generate` is missing; it names the file that says how the sample is made", "6:54: `rows` must be a whole number from 1 to 100000000000, not `0`", "6:63: `seed` must be a whole number from 0 to 9223372036854775807, not `x`")]
    [InlineData("sales: { format: csv, path: \"${file}\" }", "sales: shop.csv", "6:10: `sales` must be a mapping, not a text; its keys are format, path, record, delimiter, encoding, skip_lines, sample, known_fields")]
    [InlineData("sources:", "source:", "1:1: `sources` is missing; a pipeline has `sources`, and `tables` that are made of them", "5:1: unknown key `source`, did you mean `sources`?", "9:11: unknown source `sales`")]
    public void Source_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors) => AssertErrors(right, wrong, errors);

    [Theory]
    [InlineData("    from: sales\n    columns", "    from: sale\n    columns", "9:11: unknown source `sale`, did you mean `sales`?")]
    [InlineData("    columns:", "    colums:", "8:3: `columns` is missing, for example `order_id: { type: string }`", "10:5: unknown key `colums`, did you mean `columns`?")]
    [InlineData("pieces: { type: integer }", "pieces: { type: int }", "14:23: unknown type `int`, did you mean `integer`?")]
    [InlineData("pieces: { type: integer }", "pieces: { type: strin }", "14:23: unknown type `strin`, did you mean `string`?")]
    [InlineData("pieces: { type: integer }", "pieces: { type: float }", "14:23: unknown type `float`; numbers are exact: write `\"decimal(14,2)\"`")]
    [InlineData("\"decimal(14,2)\"", "decimal", "12:22: unknown type `decimal`; write `\"decimal(14,2)\"`: at most 18 digits, and how many of them stand after the point")]
    [InlineData("\"decimal(14,2)\"", "\"decimal(20,2)\"", "12:22: unknown type `decimal(20,2)`; write `\"decimal(14,2)\"`: at most 18 digits, and how many of them stand after the point")]
    [InlineData("pieces: { type: integer }", "pieces: {}", "14:7: `type` is missing, for example `type: string`")]
    [InlineData("pieces: { type: integer }", "pieces: integer", "14:15: `pieces` must be a mapping, not a text; write `pieces: { type: integer }`")]
    [InlineData("pieces: { type: integer }", "pieces: \"decimal(6,2)\"", "14:15: `pieces` must be a mapping, not a text; write `pieces: { type: \"decimal(6,2)\" }`")]
    [InlineData("pieces: { type: integer }", "pieces: many", "14:15: `pieces` must be a mapping, not a text; its keys are type, field, clean, formats, required, invalid, matches, between, accepted_values, check, pii")]
    [InlineData("pieces: { type: integer }", "pieces: { type: integer, required: yes }", "14:42: `required` cannot be `yes`; it is `true` or `false`")]
    [InlineData("pieces: { type: integer }", "pieces: { type: integer, pii: telephone }", "14:37: `pii` cannot be `telephone`; it is one of name, email, phone, address, birth_date, id, ip, other")]
    [InlineData("revenue: pieces * price", "region: pieces * price", "16:7: column `region` is there twice; the first is on line 11", "21:39: there is no column `revenue`")]
    [InlineData("sold: { type", "value: { type", "13:7: `value` cannot name a column: in a check it stands for the column itself; take another name, with `field: value`")]
    [InlineData("sold: { type", "case: { type", "13:7: `case` cannot name a column; use letters, digits and `_`, no word of the expressions, and `field` for the source's name")]
    [InlineData("sold: { type", "Unit Price: { type", "13:7: `Unit Price` cannot name a column; use letters, digits and `_`, no word of the expressions, and `field` for the source's name")]
    public void Table_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors) => AssertErrors(right, wrong, errors);

    [Theory]
    [InlineData("pieces: { type: integer }", "pieces: { type: integer, between: [1] }", "14:41: `between` needs two bounds; write `[least, greatest]`, with null for an open end")]
    [InlineData("pieces: { type: integer }", "pieces: { type: integer, between: [null, null] }", "14:41: `between` needs two bounds; write `[least, greatest]`, with null for an open end")]
    [InlineData("pieces: { type: integer }", "pieces: { type: integer, between: [1.5, many] }", "14:42: `1.5` is not a whole number", "14:47: `many` is not a whole number")]
    [InlineData("pieces: { type: integer }", "pieces: { type: integer, between: [9, 1] }", "14:41: nothing is between `9` and `1`; the lesser bound comes first")]
    [InlineData("check: value > 0", "between: [0.005, 1]", "12:49: `0.005` has more decimals than decimal(14,2)")]
    [InlineData("check: value > 0", "between: [1e3, null]", "12:49: `1e3` is not a number")]
    [InlineData("sold: { type: date }", "sold: { type: date, between: [01/02/2024, null] }", "13:37: `01/02/2024` is not a date, for example `2024-01-31`")]
    [InlineData("sold: { type: date }", "sold: { type: timestamp, between: [2024-02-30, null] }", "13:42: `2024-02-30` is not a timestamp, for example `2024-01-31 12:00:00`")]
    [InlineData("sold: { type: date }", "sold: { type: boolean, between: [true, null] }", "13:39: `between` is for numbers and dates, and this is of type boolean; write a `check`")]
    [InlineData("sold: { type: date }", "sold: { type: date, formats: [YYYY-MM-dd] }", "13:37: a date format has no part `YYYY`; the year is `yyyy`, or `yy` for 1969 to 2068")]
    [InlineData("sold: { type: date }", "sold: { type: date, formats: [yyyy-MM-DD] }", "13:45: a date format has no part `DD`; the day is `dd`")]
    [InlineData("sold: { type: date }", "sold: { type: date, formats: [\"yyyy-MM-dd HH:mm\"] }", "13:49: a date has no time of day, so no `HH`; make the column a timestamp")]
    [InlineData("sold: { type: date }", "sold: { type: date, formats: [yyyy-MM] }", "13:37: the date format has no day `dd`, for example `yyyy-MM-dd`")]
    [InlineData("sold: { type: date }", "sold: { type: date, formats: [dd/MM/yyyy MM] }", "13:48: `MM` is there twice")]
    [InlineData("sold: { type: date }", "sold: { type: date, formats: [] }", "13:36: `formats` is empty, for example `[yyyy-MM-dd, dd/MM/yyyy]`")]
    [InlineData("sold: { type: date }", "sold: { type: date, formats: yyyy-MM-dd }", "13:36: `formats` must be a list, not a text, for example `[yyyy-MM-dd, dd/MM/yyyy]`")]
    [InlineData("pieces: { type: integer }", "pieces: { type: integer, formats: [yyyy-MM-dd] }", "14:41: `formats` is for dates and timestamps, and this is of type integer")]
    [InlineData("pieces: { type: integer }", "pieces: { type: integer, matches: \"^1\" }", "14:41: `matches` is for text, and this is of type integer")]
    [InlineData("region: { type: string,", "region: { type: string, matches: \"^(CUST\",", "11:46: not a regular expression: Not enough )'s")]
    [InlineData("region: { type: string,", "region: { type: string, matches: '(a)\\1',", "11:40: the regular expression looks around or back; look-arounds and back-references are left out, so that no text takes long to match")]
    [InlineData("pieces: { type: integer }", "pieces: { type: string, between: [a, b] }", "14:40: `between` is for numbers and dates, and this is of type string; write a `check`", "16:16: `*` works on numbers, not on string", "21:73: `sum` takes a number, not string")]
    [InlineData("pieces: { type: integer }", "pieces: { type: integer, accepted_values: [1, 2] }", "14:49: `accepted_values` is for text, and this is of type integer, for example `check: value in (1, 2)`")]
    [InlineData("region: { type: string,", "region: { type: string, accepted_values: [North, South, North],", "11:63: `North` is there twice")]
    [InlineData("region: { type: string,", "region: { type: string, accepted_values: [],", "11:48: `accepted_values` is empty")]
    [InlineData("region: { type: string,", "region: { type: string, accepted_values: [[N]],", "11:49: `accepted_values` is a list of texts, and this is a list")]
    [InlineData("check: value > 0", "check: value >", "12:53: expected an expression, found the end")]
    [InlineData("check: value > 0", "check: \"value > 0 and prise < 9\"", "12:61: there is no column `prise`, did you mean `price`?")]
    [InlineData("check: value > 0", "check: 'region = ''it''''s'' and valeu > 0'", "12:72: there is no column `valeu`, did you mean `value`?")]
    [InlineData("check: value > 0", "check: value + 1", "12:46: a condition is true or false, this is decimal(38,2)")]
    public void Check_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors) => AssertErrors(right, wrong, errors);

    [Theory]
    [InlineData("clean: [trim,", "clean: [tirm,", "11:39: unknown cleaning rule `tirm`, did you mean `trim`?")]
    [InlineData("clean: [trim,", "clean: [shout,", "11:39: unknown cleaning rule `shout`; the rules are trim, collapse_spaces, lower, upper, title_case, map, digits, currency, unit, number, thousands, email, phone, phone_in, default, null_if")]
    [InlineData("{ map: regions }", "{ map: region }", "11:52: unknown map `region`, did you mean `regions`?")]
    [InlineData("{ map: regions }", "map", "11:45: rule `map` needs the name of a map or a mapping, for example `{ map: regions }` or `{ map: { nort: North } }`")]
    [InlineData("{ map: regions }", "{ trim: all }", "11:53: rule `trim` takes no argument; write `trim`")]
    [InlineData("{ map: regions }", "{ map: regions, trim: null }", "11:45: a cleaning rule is a name, or a mapping of one name to its argument, for example `trim` or `{ default: unknown }`")]
    [InlineData("{ map: regions }", "{ email: { invaild: \"null\" } }", "11:56: rule `email` has no option `invaild`, did you mean `invalid`?")]
    [InlineData("{ map: regions }", "{ email: { invalid: drop } }", "11:56: `invalid` cannot be `drop`; `null` makes an invalid value missing, `fault` (the default) sets its row aside")]
    [InlineData("{ map: regions }", "{ unit: [] }", "11:47: rule `unit` needs a list of texts, for example `{ unit: [unit, units] }`")]
    [InlineData("{ map: regions }", "{ unit: [[kg]] }", "11:54: rule `unit` takes texts here, not a list")]
    [InlineData("{ map: regions }", "{ default: \"\" }", "11:56: rule `default` needs a text, for example `{ default: unknown }`")]
    [InlineData("{ map: regions }", "{ phone: { country: IN, digits: 10 } }", "11:56: `country` cannot be `IN`; write digits only")]
    [InlineData("{ map: regions }", "{ phone: { country: \"91\", digits: 99 } }", "11:71: rule `phone` needs `digits`, a number from 4 to 14")]
    [InlineData("type: integer }", "type: integer, clean: [trim, digits] }", "14:46: `digits` drops signs and points (-2.5 would become 25), and this is of type integer; it is for texts such as telephone numbers; for numbers in another form write `number`, for example `{ number: { decimal: \",\", group: \".\" } }`")]
    [InlineData("check: value > 0 }", "clean: [digits] }", "12:47: `digits` drops signs and points (-2.5 would become 25), and this is of type decimal(14,2); it is for texts such as telephone numbers; for numbers in another form write `number`, for example `{ number: { decimal: \",\", group: \".\" } }`")]
    [InlineData("check: value > 0 }", "clean: [thousands, { number: { decimal: \",\" } }] }", "12:47: `thousands` does not go with `number`; leave it out: `number` takes groups apart by its `group`")]
    [InlineData("check: value > 0 }", "clean: [number, trim, number] }", "12:61: `number` is there twice; numbers of a column are written in one form")]
    [InlineData("check: value > 0 }", "clean: [{ number: { decimal: \";\" } }] }", "12:59: `decimal` cannot be `;`; it is one of \".\" \",\"")]
    [InlineData("clean: [trim, { map: regions }]", "clean: trim", "11:38: `clean` must be a list, not a text, for example `[trim, lower]`")]
    [InlineData("{ nort: North }", "[nort, North]", "4:12: `regions` must be a mapping, not a list, for example `{ nort: North, sout: South }`")]
    [InlineData("{ nort: North }", "{ nort: North, NORT: North }", "4:27: `NORT` is mapped twice; case does not matter here")]
    [InlineData("{ nort: North }", "{ nort: North, no: NORTH }", "4:31: `NORTH` and `North` differ in case only; a map gives one way to write a name")]
    [InlineData("{ nort: North }", "{ nort: [North] }", "4:20: `nort` must be mapped to a text, not to a list")]
    public void Clean_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors) => AssertErrors(right, wrong, errors);

    [Theory]
    [InlineData("  regions:\n    from", "  ../evil:\n    from", "18:3: `../evil` cannot name a KPI: it names its files; use a-z, 0-9, `_` and `-`")]
    [InlineData("  regions:\n    from", "  summary:\n    from", "18:3: `summary` cannot name a KPI: every run publishes something of that name; take another name")]
    [InlineData("from: sales\n    group_by", "from: seles\n    group_by", "19:11: unknown table `seles`, did you mean `sales`?")]
    [InlineData("group_by: [region]", "group_by: region", "20:15: `group_by` must be a list, not a text, for example `[region]`")]
    [InlineData("group_by: [region]", "group_by: [regoin]", "20:16: there is no column `regoin`, did you mean `region`?")]
    [InlineData("group_by: [region]", "group_by: [lower(region)]", "20:16: `lower(region)` is no column's name; a column that is computed is written `name: expression`")]
    [InlineData("group_by: [region]", "group_by: [[region]]", "20:16: `group_by` is a list of columns' names, and this is a list; a column that is computed is written `name: expression`")]
    [InlineData("group_by: [region]", "group_by: { month: year_month(soldd) }", "20:35: there is no column `soldd`, did you mean `sold`?")]
    [InlineData("group_by: [region]", "group_by: { pieces: region }", "21:61: column `pieces` is there twice")]
    [InlineData("group_by: [region]", "where: price", "20:12: a condition is true or false, this is decimal(14,2)")]
    [InlineData("value: sum(revenue)", "valeu: sum(revenue)", "21:17: `value` is missing; it is the expression", "21:28: unknown key `valeu`, did you mean `value`?")]
    [InlineData("scale: 2", "scale: 31", "21:56: `scale` must be a whole number from 0 to 30, not `31`")]
    [InlineData("sum(pieces)", "sum(region)", "21:73: `sum` takes a number, not string")]
    [InlineData("sum(pieces)", "summ(pieces)", "21:69: there is no function `summ`, did you mean `sum`?")]
    [InlineData("sum(pieces)", "pieces", "21:69: a measure is about many rows, so column `pieces` needs an aggregate, for example `max(pieces)`, or group by it")]
    [InlineData("sum(pieces)", "sum(sum(pieces))", "21:73: `sum` stands inside of another aggregate; an aggregate is of columns")]
    [InlineData("share(revenue)", "share(revenu)", "22:28: there is no column `revenu`, did you mean `revenue`?")]
    [InlineData("measures: { revenue", "mesures: { revenue", "18:3: `measures` is missing; a KPI has `measures` of groups, or a `score` of rows", "21:5: unknown key `mesures`, did you mean `measures`?")]
    [InlineData("order_by: [-revenue]", "order_by: [-revnue]", "23:16: `order_by` names no output column `revnue`, did you mean `revenue`?")]
    [InlineData("order_by: [-revenue]", "order_by: [-revenue, revenue]", "23:26: `revenue` is there twice")]
    [InlineData("limit: 10", "limit: 0", "24:12: `limit` must be a whole number from 1 to 1000000, not `0`")]
    [InlineData("limit: 10", "limit: ten", "24:12: `limit` must be a whole number from 1 to 1000000, not `ten`")]
    [InlineData("chart: bar", "chart: bra", "25:12: `chart` cannot be `bra`, did you mean `bar`?")]
    [InlineData("chart: bar", "columns: [region]", "25:14: `columns` goes with `score` only; a KPI has `measures` of groups, or a `score` of rows")]
    public void Kpi_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors) => AssertErrors(right, wrong, errors);

    [Theory]
    [InlineData("reason: many", "reason: \"{pieces:,2}\"", "6:62: `,2` is not a format; write `,` for thousands, `.2` for decimals, `%` for percent, in this order")]
    [InlineData("reason: many", "reason: \"sold {peices}\"", "6:61: there is no column `peices`, did you mean `pieces`?")]
    [InlineData("reason: many", "reason: \"sold {pieces\"", "6:60: this `{` is never closed; write `{{` for a brace")]
    [InlineData("reason: many", "reason: \"sold pieces}\"", "6:66: this `}` closes nothing; write `}}` for a brace")]
    [InlineData("reason: many", "reason: \"{region:.2}\"", "6:56: only numbers have a format, and this is of type string")]
    [InlineData("reason: many", "reason: \"${pieces:,.2}\"", "6:55: `${pieces:,.2}` names no variable; write `$$` for a dollar sign")]
    [InlineData(", reason: many", "", "6:13: `reason` is missing; it is what people read")]
    [InlineData("points: 3", "points: lots", "6:43: `points` must be a whole number from -1000 to 1000, not `lots`")]
    [InlineData("pieces > 100", "pieces > 10 * avg(region)", "6:39: `avg` takes a number, not string")]
    [InlineData("pieces > 100", "pieces", "6:21: a condition is true or false, this is integer")]
    [InlineData("column: points, ", "", "3:5: `column` is missing; it names the output column of the points")]
    [InlineData("column: points, ", "column: region, ", "4:15: column `region` is there twice")]
    [InlineData("total: odd", "total: odd ones", "4:56: `odd ones` cannot name a total; use letters, digits and `_`")]
    public void Score_WhenWrong_ThenSaysWhatAndWhere(string right, string wrong, params string[] errors)
    {
        const string Scored =
            """
              odd:
                from: sales
                score: {
                  column: points, reasons: why, minimum: 2, total: odd,
                  rules: [
                        { when: pieces > 100, points: 3, reason: many } ] }
                columns: [region]
                limit: 5
            """;
        string head = Shop[..(Shop.IndexOf("kpis:\n", StringComparison.Ordinal) + 6)];
        int lines = head.Split('\n').Length - 1;
        Assert.Empty(ErrorsOf(head + Scored));
        Assert.Contains(right, Scored, StringComparison.Ordinal);
        Assert.Equal(errors.Select(error => Shift(error, lines)), ErrorsOf(head + Scored.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("- few", "26:11: a check is a mapping, and this is a text, for example `{ table: shop, name: few_rejects, rule: rejected_rate <= 0.05 }`")]
    [InlineData("- { table: sale, name: a b, rule: rejectd_rate <= 0.05, severity: fatal }", "26:20: unknown table `sale`, did you mean `sales`?", "26:32: `a b` cannot name a check; use a-z, 0-9, `_` and `-`", "26:43: there is no column `rejectd_rate`, did you mean `rejected_rate`?", "26:75: `severity` cannot be `fatal`; it is one of error, warn")]
    [InlineData("- { table: sales }", "26:11: `name` is missing; reports call it by that", "26:11: `rule` is missing, for example `rejected_rate <= 0.05`, or one of unique, freshness, rows, relationships")]
    public void TableCheck_WhenWrong_ThenSaysWhatAndWhere(string check, params string[] errors) =>
        Assert.Equal(errors, ErrorsOf(Shop + "\nchecks: " + "\n        " + check).Select(error => Shift(error, -1)));

    [Fact]
    public void Parse_WhenEightThingsAreWrong_ThenSaysAllInTheirOrder()
    {
        string wrong = Shop
            .Replace("format: csv", "format: excel", StringComparison.Ordinal)
            .Replace("[trim,", "[trm,", StringComparison.Ordinal)
            .Replace("value > 0", "valu > 0", StringComparison.Ordinal)
            .Replace("type: integer }", "type: integer, betwen: [1, 2] }", StringComparison.Ordinal)
            .Replace("group_by: [region]", "group_by: [regin]", StringComparison.Ordinal)
            .Replace("scale: 2", "scale: two", StringComparison.Ordinal)
            .Replace("[-revenue]", "[-sales]", StringComparison.Ordinal)
            .Replace("limit: 10", "limit: -1", StringComparison.Ordinal);
        Assert.Equal(
            [
                "6:20: `format` cannot be `excel`; it is one of csv, xml, json, jsonl, parquet, rest",
                "11:39: unknown cleaning rule `trm`, did you mean `trim`?",
                "12:46: there is no column `valu`, did you mean `value`?",
                "14:32: unknown key `betwen`, did you mean `between`?",
                "20:16: there is no column `regin`, did you mean `region`?",
                "21:56: `scale` must be a whole number from 0 to 30, not `two`",
                "23:16: `order_by` names no output column `sales`; the columns are regin, revenue, pieces, share",
                "24:12: `limit` must be a whole number from 1 to 1000000, not `-1`",
            ],
            ErrorsOf(wrong));
    }

    [Fact]
    public void Error_WhenPrinted_ThenReadsLikeACompilers() =>
        Assert.Equal(
            "pipelines/sales/pipeline.yaml:12:7: unknown key `colums`, did you mean `columns`?",
            new DefinitionError("pipelines/sales/pipeline.yaml", 12, 7, "unknown key `colums`", "did you mean `columns`?").ToString());

    [Fact]
    public void Exception_WhenThrown_ThenItsMessageHoldsAllErrors()
    {
        var exception = new DefinitionException([new DefinitionError("a.yaml", 1, 2, "first"), new DefinitionError("", 0, 0, "second")]);
        Assert.Equal("a.yaml:1:2: first\nsecond", exception.Message);
    }

    private static void AssertErrors(string right, string wrong, string[] errors)
    {
        Assert.Contains(right, Shop, StringComparison.Ordinal);
        Assert.Equal(errors, ErrorsOf(Shop.Replace(right, wrong, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> ErrorsOf(string yaml)
    {
        try
        {
            PipelineLoader.Parse(yaml, "shop.yaml", new PipelineSettings());
            return [];
        }
        catch (DefinitionException exception)
        {
            return exception.Errors.Select(error => error.ToString()["shop.yaml:".Length..]);
        }
    }

    /// <summary>Moves an error's line, so that a test may count from where its own text begins.</summary>
    private static string Shift(string error, int lines)
    {
        string[] parts = error.Split(':', 2);
        return $"{int.Parse(parts[0]) + lines}:{parts[1]}";
    }
}
