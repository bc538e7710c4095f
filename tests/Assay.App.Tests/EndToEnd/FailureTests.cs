using System.Text;
using Assay.App.Cli;

namespace Assay.App.Tests.EndToEnd;

/// <summary>What the program says, word for word, when it cannot do what it was asked, and that nothing is published then.</summary>
public sealed class FailureTests : IDisposable
{
    private const string Header = SalesInput.Header;
    private const string Row = "ORD-1,Gaming Mouse,Electronics,1,45,0.05,North,2024-03-06,user1@example.com\n";
    private readonly AssayProgram _assay = new();

    public void Dispose() => _assay.Dispose();

    [Fact]
    public void Run_WhenTheFileIsMissing_ThenNamesIt()
    {
        string file = _assay.At("none.csv");
        CheckFails(2, [$"error: {file}: there is no such file."], "run", "sales", "--set", $"file={file}");
    }

    [Fact]
    public void Run_WhenNoFileMatches_ThenNamesThePattern()
    {
        string pattern = _assay.At("none-*.csv");
        CheckFails(2, [$"error: no file matches `{pattern}` (source `sales`)"], "run", "sales", "--set", $"file={pattern}");
    }

    [Fact]
    public void Run_WhenAColumnIsMissing_ThenNamesFileAndColumnsAndWhatWasMeant()
    {
        string file = _assay.Write("input.csv", "order_id,product_name,category,quantity,unitprice,discount_percent,region,date,customer_email\n"u8);
        CheckFails(
            2,
            [
                $"error: {file}: missing columns 'unit_price' (did you mean 'unitprice'?), 'sale_date'; "
                    + "the header has: order_id, product_name, category, quantity, unitprice, discount_percent, region, date, customer_email.",
            ],
            "run", "sales", "--set", $"file={file}");
    }

    [Fact]
    public void Run_WhenTheFileIsEmpty_ThenSaysSo()
    {
        string file = _assay.Write("empty.csv", ""u8);
        CheckFails(3, [$"error: {file} is empty: a header with column names is needed."], "run", "sales", "--set", $"file={file}");
    }

    [Fact]
    public void Run_WhenStandardInputIsEmpty_ThenSaysSo() =>
        CheckFails(3, ["error: - is empty: a header with column names is needed."], "run", "sales", "--set", "file=-");

    [Fact]
    public void Run_WhenTheFileIsAFolder_ThenSaysHowToNameItsFiles() =>
        CheckFails(
            2,
            [$"error: {_assay.Folder} is a folder: name the files in it, such as {_assay.Folder}/*.csv."],
            "run", "sales", "--set", $"file={_assay.Folder}");

    [Fact]
    public void Run_WhenTheFileCannotBeRead_ThenNamesItAndWhy()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Permissions do not hold the administrator back; the memory of a process cannot be read from 0 by anyone.
        string file = Environment.IsPrivilegedProcess ? "/proc/self/mem" : _assay.Write("input.csv", ""u8);
        if (!Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(file, UnixFileMode.None);
        }

        string why = Environment.IsPrivilegedProcess ? $"Input/output error : '{file}'" : $"Access to the path '{file}' is denied.";
        CheckFails(3, [$"error: {file} cannot be read: {why}"], "run", "sales", "--set", $"file={file}");
    }

    [Fact]
    public void Run_WhenGzipEndsEarly_ThenSaysSo()
    {
        byte[] whole = SalesInput.Gzip(SalesInput.Sample);
        string file = _assay.Write("cut.csv.gz", whole.AsSpan(0, whole.Length / 2));
        ProgramResult result = _assay.Run("run", "sales", "--set", $"file={file}");
        Assert.Equal(3, result.ExitCode);
        Assert.Matches($"^error: {file}: the compressed data .* \\(near byte [0-9]+ of the file\\)\\.\n$", result.Error);
        CheckNothingPublished();
    }

    [Fact]
    public void Run_WhenThereIsOnlyAHeader_ThenPublishesZeroRowsWithAWarning()
    {
        ProgramResult result = _assay.Run("run", "sales", "--quiet", "--set", $"file={_assay.Write("header.csv", Encoding.UTF8.GetBytes(Header))}");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            "warning: no row of `sales` was accepted, of 0 read; is it the right file? A check such as `accepted > 0` keeps such a run from being published\n",
            result.Error);
        Assert.Equal("month,revenue,quantity,avg_discount\n"u8, _assay.Published("monthly_sales_summary.csv"));
        Assert.Equal("[]"u8, _assay.Published("top_products.json").AsSpan().TrimEnd((byte)'\n'));
        Assert.Contains("\"read\": 0,", Encoding.UTF8.GetString(_assay.Published("summary.json")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_assay.Quarantine, "*.csv"));
    }

    [Fact]
    public void Run_WhenThePipelineIsBad_ThenTellsAllErrorsWithTheirPlaces()
    {
        string file = _assay.Write("pipeline.yaml", """
            pipeline: shop
            sources:
              sales: { format: csv, path: sales.csv }
            tables:
              sales:
                from: sale
                colums: {}
            """u8);
        ProgramResult result = CheckFails(2, null, "run", file);
        Assert.Contains($"{file}:7:5: unknown key `colums`, did you mean `columns`?", result.Errors);
        Assert.All(result.Errors[..^1], error => Assert.Matches($"^{file}:[0-9]+:[0-9]+: ", error));
        Assert.Matches("^[0-9]+ errors; nothing was run$", result.Errors[^1]);
        Assert.Equal(result.Error, _assay.Run("validate", file).Error);
    }

    [Theory]
    [InlineData("error", 1, "error", "checks_failed")]
    [InlineData("warn", 0, "warning", "completed")]
    public void Run_WhenACheckDoesNotHold_ThenPublishesOnlyIfItIsAWarning(string severity, int code, string prefix, string status)
    {
        string input = _assay.Write("input.csv", "a\n1\nx\n2\n"u8);
        string file = _assay.Write("pipeline.yaml", Encoding.UTF8.GetBytes($$"""
            pipeline: shop
            sources: { rows: { format: csv, path: "{{input}}" } }
            tables: { rows: { from: rows, columns: { a: { type: integer, required: true } } } }
            kpis: { count: { from: rows, group_by: [a], measures: { n: count(*) } } }
            checks:
              - { table: rows, name: few_rejects, rule: rejected_rate <= 0.05, severity: {{severity}} }
              - { table: rows, name: some_rows, rule: read > 0, severity: error }
            """));
        ProgramResult result = _assay.Run("run", file, "-q");
        Assert.Equal([$"{prefix}: check `few_rejects` of `rows` does not hold: expected rejected_rate <= 0.05, found rejected_rate = 0.333333"], result.Errors);
        Assert.Equal(("", code), (result.Text, result.ExitCode));
        Assert.Equal(code == 0, Path.Exists(Path.Combine(_assay.Home, "gold", "shop", "current")));
        string manifest = File.ReadAllText(Directory.GetFiles(_assay.Runs, "manifest.json", SearchOption.AllDirectories).Single());
        Assert.Contains($"\"status\": \"{status}\",", manifest, StringComparison.Ordinal);
        Assert.Contains($"\"exit_code\": {code},", manifest, StringComparison.Ordinal);
        Assert.Equal(code, _assay.Run("run", file, "-q", "--dry-run").ExitCode);
    }

    [Fact]
    public void Run_WhenChecksLookAtRows_ThenSaysWhatWasFoundAndPublishesNoFigures()
    {
        string input = _assay.Write("input.csv", "a,b,at,phone\n1,x,2020-02-29,9876543210\n1,x,2020-02-28,9876543211\n2,x,2020-02-27,123\n,y,2020-02-26,\n"u8);
        string file = _assay.Write("pipeline.yaml", Encoding.UTF8.GetBytes($$"""
            pipeline: shop
            sources: { rows: { format: csv, path: "{{input}}" } }
            tables:
              rows:
                from: rows
                columns:
                  a: { type: integer }
                  b: { type: string }
                  at: { type: date, pii: birth_date }
                  phone: { type: string, clean: [phone_in], invalid: "null", pii: phone }
                derive: { quality: quality_score() }
            kpis: { count: { from: rows, measures: { n: count(*), quality: sum(quality) } } }
            checks:
              - { table: rows, name: one_row_each, unique: [a, b], severity: warn }
              - { table: rows, name: almost_one_row_each, unique: [a, b], at_most: 1 }
              - { table: rows, name: small, rows: "a < 2", at_most: 0.2, severity: warn }
              - { table: rows, name: fresh, freshness: { column: at, max_age: 1 week }, severity: warn }
              - { table: rows, name: old, freshness: { column: at, max_age: 99999 days } }
            """));
        ProgramResult result = _assay.Run("run", file, "-q");
        Assert.Equal(
            [
                "warning: check `one_row_each` of `rows` does not hold: expected a, b to differ in every row, found 1 of 3 rows that repeat another",
                "warning: check `small` of `rows` does not hold: expected a < 2 in every row, 0.2 of the rows aside, found 1 of 4 rows in which it does not hold",
            ],
            result.Errors[..2]);
        Assert.Matches(@"^warning: check `fresh` of `rows` does not hold: expected a at not older than 1 week, found 20\*+00 as the newest, as of 20", result.Errors[2]);
        Assert.Equal(3, result.Errors.Length);
        Assert.Equal(0, result.ExitCode);
        string gold = Path.Combine(_assay.Home, "gold", "shop", "current");
        Assert.Equal(["count.csv", "count.json", "quality.json", "summary.json"], Directory.GetFiles(gold).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal("n,quality\n4,370\n", File.ReadAllText(Path.Combine(gold, "count.csv")));

        string quality = File.ReadAllText(Path.Combine(gold, "quality.json"));
        Assert.Contains("\"nulled\": [", quality, StringComparison.Ordinal);
        Assert.Contains("\"code\": \"not_a_phone\"", quality, StringComparison.Ordinal);
        Assert.Contains("\"value\": \"***\"", quality, StringComparison.Ordinal);
        Assert.Contains("\"score\": 57,", File.ReadAllText(Path.Combine(gold, "summary.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WhenADatabaseCannotComputeAKpi_ThenNamesIt()
    {
        string input = _assay.Write("input.csv", "a,day\n1,9999-12-31\n"u8);
        string file = _assay.Write("pipeline.yaml", Encoding.UTF8.GetBytes($$"""
            pipeline: shop
            sources: { rows: { format: csv, path: "{{input}}" } }
            tables: { rows: { from: rows, columns: { a: { type: integer }, day: { type: date } } } }
            kpis:
              rows_there: { from: rows, measures: { n: count(*) } }
              next: { from: rows, measures: { day: "max(date_add('day', a, day))" } }
            """));
        ProgramResult result = _assay.Run("run", file, "-q", "--engine", "sqlite");
        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith("error: sqlite: KPI `next`: ", Assert.Single(result.Errors), StringComparison.Ordinal);
        Assert.Contains("date_add left the years 1 to 9999", result.Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WhenThePipelineIsUnknown_ThenListsThoseThereAre() =>
        CheckFails(2, ["there is no pipeline `nope`; there are `content`, `customers`, `orders`, `sales`", "1 error; nothing was run"], "run", "nope");

    [Fact]
    public void Run_WhenAVariableIsUnknown_ThenSaysWhichWasMeant() =>
        CheckFails(2, ["--set: unknown variable `fil`, did you mean `file`?", "1 error; nothing was run"], "run", "sales", "--set", "fil=x.csv");

    [Theory]
    [InlineData("verfy sales", "error: there is no command `verfy`, did you mean `verify`?; the commands are run, plan, validate, show, runs, quarantine, sql, verify, db, generate, serve, mock-api|  see: assay --help")]
    [InlineData("run sales --frob", "error: Unrecognized command or argument '--frob'.|  see: assay run --help")]
    [InlineData("run sales --treads 2", "error: Unrecognized command or argument '--treads', did you mean `--threads`?|error: Unrecognized command or argument '2'.|  see: assay run --help")]
    [InlineData("run", "error: Required argument 'pipeline' missing for command: 'run'.|  see: assay run --help")]
    [InlineData("run sales --set file", "--set: `file` gives no variable a value; write `--set NAME=VALUE`|1 error; nothing was run")]
    [InlineData("run sales --threads 0", "error: --threads takes a number from 1 to 256; `0` is none|  see: assay run --help")]
    [InlineData("run sales --threads two", "error: --threads takes a number from 1 to 256; `two` is none|  see: assay run --help")]
    [InlineData("run sales --block-size 1TiB", "error: --block-size takes a size from 1 to 64MiB, such as 256KiB; `1TiB` is none|  see: assay run --help")]
    [InlineData("generate sales --rows many", "error: --rows takes a number from 0, or NAME=N; `many` is none|  see: assay generate --help")]
    [InlineData("generate sales --seed -1", "error: --seed takes a number from 0; `-1` is none|  see: assay generate --help")]
    [InlineData("generate sales --error-rate 1.5", "error: --error-rate takes a number from 0 to 1; `1.5` is none|  see: assay generate --help")]
    [InlineData("generate sales --start today", "error: --start takes a date such as 2024-01-31; `today` is none|  see: assay generate --help")]
    [InlineData("show sales", "error: nothing is published of `sales` yet; run it first: assay run sales")]
    public void CommandLine_WhenWrong_ThenSaysWhatIs(string arguments, string errors) =>
        CheckFails(2, errors.Split('|'), arguments.Split(' '));

    [Fact]
    public void Command_WhenAssayItselfIsAtFault_ThenTheRunFailedAndNoCheckDid() =>
        Assert.Equal(ExitCodes.Failed, CommandErrors.Guard(() => throw new InvalidOperationException("nobody thought of this")));

    [Fact]
    public void Run_WhenItFailsAfterAGoodOne_ThenThatOneStaysPublished()
    {
        _assay.RunSales(AssayProgram.Sample);
        string gold = _assay.Gold!;
        SortedDictionary<string, string> before = AssayProgram.Snapshot(gold);

        // A good row, then compressed data that is damaged.
        byte[] gzip = SalesInput.Gzip(Encoding.UTF8.GetBytes(Header + Row));
        gzip[^6] ^= 0xff;
        ProgramResult result = _assay.Run("run", "sales", "--set", $"file={_assay.Write("damaged.gz", gzip)}");
        Assert.Equal(3, result.ExitCode);
        Assert.Equal("", result.Text);
        Assert.Equal(gold, _assay.Gold);
        Assert.Equal(before, AssayProgram.Snapshot(gold));
        Assert.Equal([".lock", Path.GetFileName(gold), "current"], Names(_assay.GoldRoot));
    }

    private ProgramResult CheckFails(int code, string[]? errors, params string[] arguments)
    {
        ProgramResult result = _assay.Run(arguments);
        if (errors is not null)
        {
            Assert.Equal(errors, result.Errors);
        }

        Assert.Equal("", result.Text);
        Assert.Equal(code, result.ExitCode);
        CheckNothingPublished();
        return result;
    }

    private void CheckNothingPublished()
    {
        Assert.Null(_assay.Gold);
        if (Directory.Exists(_assay.GoldRoot))
        {
            Assert.Equal([".lock"], Names(_assay.GoldRoot));
        }
    }

    private static string[] Names(string folder) =>
        [.. Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
}
