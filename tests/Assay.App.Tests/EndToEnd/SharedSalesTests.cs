using System.Globalization;
using System.Text;
using System.Text.Json;
using Assay.App.Tests.House;

namespace Assay.App.Tests.EndToEnd;

/// <summary>
/// Ten thousand generated sales with known answers: those in a folder beside the checkout when there is one, else the
/// same checks on rows that Assay generates, whose answers are those of one plain run.
/// </summary>
public sealed class SharedSalesTests : IDisposable
{
    private readonly AssayProgram _assay = new();

    private readonly string _file;
    private readonly Dictionary<string, string> _expected;

    public SharedSalesTests()
    {
        string? known = Beside("sales_10k.csv");
        if (known is not null)
        {
            _file = known;
            _expected = Known(Path.ChangeExtension(known, ".expect.json"));
        }
        else
        {
            _file = _assay.At("generated.csv");
            Assert.Equal(0, _assay.Run("generate", "sales", "--rows", "10000", "--seed", "5", "-o", _file).ExitCode);
            _assay.RunSales(_file, "--threads", "1");
            _expected = Published();
        }
    }

    public void Dispose() => _assay.Dispose();

    [Theory]
    [InlineData("1", "4KiB")]
    [InlineData("1", "1MiB")]
    [InlineData("2", "4KiB")]
    [InlineData("2", "1MiB")]
    [InlineData("4", "64")]
    public void Gold_WhenReadWithAnyThreadsAndBlocks_ThenIsAsExpected(string threads, string block)
    {
        _assay.RunSales(_file, "--threads", threads, "--block-size", block);
        Check();
    }

    [Fact]
    public void Gold_WhenRowsAreReversed_ThenIsAsExpected()
    {
        _assay.RunSales(_assay.Write("reversed.csv", SalesInput.Reversed(File.ReadAllBytes(_file))), "--block-size", "4KiB");
        Check();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Gold_WhenRowsAreSortedByPrice_ThenIsAsExpected(int sign)
    {
        // The means that rows are scored against settle late then, so that they may have to be read twice.
        string[] lines = File.ReadAllText(_file).TrimEnd().Split('\n');
        IEnumerable<string> sorted = lines[1..].OrderBy(line =>
            decimal.TryParse(line.Split(',')[4], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal price) ? sign * price : 0);
        byte[] bytes = Encoding.UTF8.GetBytes(string.Join('\n', [lines[0], .. sorted]));
        _assay.RunSales(_assay.Write("sorted.csv", bytes));
        Check();
        Assert.Equal(0, _assay.Run(bytes, ["run", "sales", "--set", "file=-", "-q"]).ExitCode);
        Check();
    }

    [Fact]
    public void Gold_WhenReadFromStandardInput_ThenIsAsExpected()
    {
        ProgramResult result = _assay.Run(File.ReadAllBytes(_file), ["run", "sales", "--set", "file=-", "-q"]);
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        Check();
    }

    [Fact]
    public void Gold_WhenReadFromGzip_ThenIsAsExpected()
    {
        _assay.RunSales(_assay.Write("sales.csv.gz", SalesInput.Gzip(File.ReadAllBytes(_file))));
        Check();
    }

    /// <summary>A file of the data folder beside the checkout, or beside the folder it is in; null when there is none.</summary>
    private static string? Beside(string name) => new[] { "..", "../.." }
        .Select(up => Path.GetFullPath(Path.Combine(Repository.Root, up, "shared", "data", "sales", name)))
        .FirstOrDefault(File.Exists);

    private void Check()
    {
        Dictionary<string, string> published = Published();
        Assert.Equal(_expected.Keys.Order(), published.Keys.Order());
        Assert.All(_expected, file => Assert.Equal(file.Value, published[file.Key]));
    }

    /// <summary>What is published, in the form of the known answers.</summary>
    private Dictionary<string, string> Published()
    {
        using JsonDocument summary = JsonDocument.Parse(_assay.Published("summary.json"));
        JsonElement rows = summary.RootElement.GetProperty("rows");
        return new()
        {
            ["read"] = rows.GetProperty("read").GetRawText(),
            ["accepted"] = rows.GetProperty("accepted").GetRawText(),
            ["rejected"] = rows.GetProperty("quarantined").GetRawText(),
            ["flagged"] = summary.RootElement.GetProperty("totals").GetProperty("flagged").GetRawText(),
            ["monthly"] = Table("monthly_sales_summary"),
            ["products"] = Table("top_products"),
            ["regions"] = Table("region_wise_performance"),
            ["categories"] = Table("category_discount_map"),
            ["anomalies"] = Table("anomaly_records", "order_id", "anomaly_score", "revenue"),
        };
    }

    /// <summary>A table's JSON rows, as lines of texts.</summary>
    private string Table(string kpi, params string[] columns)
    {
        using JsonDocument table = JsonDocument.Parse(_assay.Published(kpi + ".json"));
        return string.Join('\n', table.RootElement.EnumerateArray().Select(row => string.Join('|', row.EnumerateObject()
            .Where(cell => columns.Length == 0)
            .Select(cell => cell.Value)
            .Concat(columns.Select(row.GetProperty))
            .Select(Cell))));
    }

    private static Dictionary<string, string> Known(string file)
    {
        using JsonDocument known = JsonDocument.Parse(File.ReadAllBytes(file));
        return known.RootElement.EnumerateObject().ToDictionary(
            answer => answer.Name,
            answer => answer.Value.ValueKind == JsonValueKind.Array
                ? string.Join('\n', answer.Value.EnumerateArray().Select(row => string.Join('|', row.EnumerateArray().Select(Cell))))
                : answer.Value.GetRawText());
    }

    private static string Cell(JsonElement cell) => cell.ValueKind == JsonValueKind.String ? cell.GetString()! : cell.GetRawText();
}
