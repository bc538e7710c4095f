using System.Text;
using System.Text.RegularExpressions;

namespace Assay.App.Tests.EndToEnd;

/// <summary>
/// What people read, kept as text in Golden/cli (refreshed as <see cref="GoldenFile"/> says). Run ids, timings, paths
/// and the number of cores are masked.
/// </summary>
public sealed partial class CommandLineTextTests : IDisposable
{
    private readonly AssayProgram _assay = new();

    public void Dispose() => _assay.Dispose();

    [Theory]
    [InlineData("help.txt", "--help")]
    [InlineData("run-help.txt", "run --help")]
    [InlineData("validate-help.txt", "validate --help")]
    [InlineData("show-help.txt", "show --help")]
    [InlineData("runs-help.txt", "runs --help")]
    [InlineData("runs-list-help.txt", "runs list --help")]
    [InlineData("runs-show-help.txt", "runs show --help")]
    [InlineData("quarantine-help.txt", "quarantine --help")]
    [InlineData("quarantine-list-help.txt", "quarantine list --help")]
    [InlineData("quarantine-show-help.txt", "quarantine show --help")]
    [InlineData("quarantine-export-help.txt", "quarantine export --help")]
    [InlineData("quarantine-replay-help.txt", "quarantine replay --help")]
    [InlineData("generate-help.txt", "generate --help")]
    [InlineData("mock-api-help.txt", "mock-api --help")]
    [InlineData("verify-help.txt", "verify --help")]
    [InlineData("sql-help.txt", "sql --help")]
    [InlineData("db-help.txt", "db --help")]
    [InlineData("db-setup-help.txt", "db setup --help")]
    [InlineData("db-drop-help.txt", "db drop --help")]
    [InlineData("serve-help.txt", "serve --help")]
    [InlineData("serve-keys-help.txt", "serve keys --help")]
    [InlineData("serve-keys-add-help.txt", "serve keys add --help")]
    [InlineData("sql-sales-postgres.txt", "sql sales --engine postgres")]
    [InlineData("sql-sales-sqlite.txt", "sql sales --engine sqlite")]
    [InlineData("sql-orders-mysql.txt", "sql orders --engine mysql")]
    [InlineData("sql-orders-duckdb.txt", "sql orders --engine duckdb")]
    [InlineData("validate.txt", "validate sales")]
    public void Text_WhenAskedFor_ThenIsAsKept(string golden, string arguments)
    {
        ProgramResult result = _assay.Run(arguments.Split(' '));
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        GoldenFile.Check(Path.Combine("cli", golden), _assay.Mask(result.Text));
    }

    [Fact]
    public void Report_WhenRedirected_ThenIsAsKeptAndHasNoControlCodes()
    {
        ProgramResult result = _assay.Run("run", "sales", "--set", $"file={AssayProgram.Sample}");
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        Assert.DoesNotContain('\u001b', result.Text);
        GoldenFile.Check(Path.Combine("cli", "run.txt"), _assay.Mask(result.Text));
    }

    [Fact]
    public void Show_WhenSomethingIsPublished_ThenPrintsIt()
    {
        _assay.RunSales(AssayProgram.Sample);
        GoldenFile.Check(Path.Combine("cli", "show.txt"), Shown("show", "sales"));
        GoldenFile.Check(Path.Combine("cli", "show-list-table.txt"), Shown("show", "sales", "--format", "table"));
        GoldenFile.Check(Path.Combine("cli", "show-table.txt"), Shown("show", "sales", "anomaly_records", "--format", "table"));
        GoldenFile.Check(Path.Combine("sample", "summary.json"), Shown("show", "sales", "summary", "--format", "table"));
        GoldenFile.Check(Path.Combine("sample", "top_products.csv"), Shown("show", "sales", "top_products"));
        GoldenFile.Check(Path.Combine("sample", "top_products.json"), Shown("show", "sales", "top_products", "--format", "json"));
        GoldenFile.Check(Path.Combine("sample", "summary.json"), Shown("show", "sales", "summary"));
        Assert.Equal(_assay.Published("quality.json"), Encoding.UTF8.GetBytes(Shown("show", "sales", "quality")));

        ProgramResult unknown = _assay.Run("show", "sales", "top_product");
        Assert.Equal(2, unknown.ExitCode);
        Assert.StartsWith("error: `sales` has no KPI `top_product`", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Db_WhenSetUpAndDropped_ThenSaysWhatItDid()
    {
        string ready = _assay.Mask(Shown("db", "setup", "sales", "--engine", "sqlite"));
        GoldenFile.Check(Path.Combine("cli", "db-setup.txt"), Versionless(ready));
        Assert.Equal(ready, Shown("db", "setup", "sales", "--engine", "sqlite"));

        ProgramResult asked = _assay.Run("db", "drop", "sales", "--engine", "sqlite");
        Assert.Equal(("", 2), (asked.Text, asked.ExitCode));
        GoldenFile.Check(Path.Combine("cli", "db-drop-asked.txt"), asked.Error);
        Assert.Equal(ready, Shown("db", "setup", "sales", "--engine", "sqlite"));

        GoldenFile.Check(Path.Combine("cli", "db-drop.txt"), Versionless(Shown("db", "drop", "sales", "--engine", "sqlite", "--yes")));
        GoldenFile.Check(Path.Combine("cli", "db-drop-again.txt"), Versionless(Shown("db", "drop", "sales", "--engine", "sqlite", "--yes")));
    }

    [GeneratedRegex(@"SQLite \d+(\.\d+)*")]
    private static partial Regex SqliteVersion();

    private static string Versionless(string text) => SqliteVersion().Replace(text, "SQLite VERSION");

    private string Shown(params string[] arguments)
    {
        ProgramResult result = _assay.Run(arguments);
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        return result.Text;
    }
}
