using System.Text;
using System.Text.Json;

namespace Assay.App.Tests.EndToEnd;

/// <summary>No row is lost: the books balance, and every row that was set aside can be found again in the input.</summary>
public sealed class BooksTests : IDisposable
{
    private readonly AssayProgram _assay = new();

    public void Dispose() => _assay.Dispose();

    [Fact]
    public void Quarantine_WhenOfTheSample_ThenHasEveryRowWithItsPlaceAndBytes()
    {
        _assay.RunSales(AssayProgram.Sample, "--threads", "2", "--block-size", "256");
        IReadOnlyList<QuarantinedRow> rows = CheckBooks(SalesInput.Sample, read: 55, accepted: 28);
        foreach (QuarantinedRow row in rows)
        {
            Assert.Equal(AssayProgram.Sample, row.File);
            Assert.StartsWith($"ORD-{row.Row:0000},", row.Record, StringComparison.Ordinal);
        }

        Assert.Equal(
            ["bad_quote", "check_failed", "invalid_utf8", "long_row", "not_a_date", "not_a_number", "not_an_integer", "not_between", "out_of_range", "required", "short_row", "too_many_decimals"],
            rows.Select(row => row.Code).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("unit_price:check_failed; discount_percent:not_between; sale_date:not_a_date", rows.Single(row => row.Row == 40).Also);
    }

    [Fact]
    public void Quarantine_WhenOfGeneratedRows_ThenHasEveryRowWithItsPlaceAndBytes()
    {
        string file = _assay.At("sales.csv");
        ProgramResult generated = _assay.Run("generate", "sales", "--rows", "5000", "--seed", "3", "--error-rate", "0.5", "-o", file);
        Assert.Equal(0, generated.ExitCode);
        _assay.RunSales(file, "--threads", "3", "--block-size", "4KiB");
        byte[] input = File.ReadAllBytes(file);
        string[] lines = Encoding.UTF8.GetString(input).Split("\r\n");
        foreach (QuarantinedRow row in CheckBooks(input, read: 5000, accepted: null))
        {
            Assert.Equal(lines[row.Row], row.Record);
        }
    }

    [Fact]
    public void Manifest_WhenTheRunIsDone_ThenHasTheBooks()
    {
        _assay.RunSales(AssayProgram.Sample, "--threads", "2");
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Directory.GetFiles(_assay.Runs, "manifest.json", SearchOption.AllDirectories).Single()));
        JsonElement root = manifest.RootElement;
        Assert.Equal("completed", root.GetProperty("status").GetString());
        Assert.Equal(Path.GetFileName(_assay.Gold), root.GetProperty("run_id").GetString());
        Assert.Equal(0, root.GetProperty("exit_code").GetInt32());
        Assert.Equal(2, root.GetProperty("threads").GetInt32());
        JsonElement books = root.GetProperty("books").GetProperty("sales");
        Assert.Equal((55, 28, 27), (books.GetProperty("read").GetInt64(), books.GetProperty("accepted").GetInt64(), books.GetProperty("quarantined").GetInt64()));
    }

    [Fact]
    public void DryRun_WhenDone_ThenComputesButWritesNothing()
    {
        ProgramResult result = _assay.Run("run", "sales", "--set", $"file={AssayProgram.Sample}", "--dry-run");
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        Assert.Contains("28 accepted", result.Text, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_assay.Home));
    }

    private IReadOnlyList<QuarantinedRow> CheckBooks(byte[] input, long read, long? accepted)
    {
        using JsonDocument summary = JsonDocument.Parse(_assay.Published("summary.json"));
        JsonElement rows = summary.RootElement.GetProperty("rows");
        long Book(string name) => rows.GetProperty(name).GetInt64();
        Assert.Equal(read, Book("read"));
        Assert.Equal(accepted ?? Book("accepted"), Book("accepted"));
        Assert.Equal(Book("read"), Book("accepted") + Book("quarantined"));
        Assert.Equal((0, 0), (Book("deduplicated"), Book("filtered")));
        IReadOnlyList<QuarantinedRow> rejects = QuarantinedRow.Read(_assay.Rejects());
        Assert.Equal(Book("quarantined"), rejects.Count);
        foreach (QuarantinedRow row in rejects)
        {
            ReadOnlySpan<byte> rest = input.AsSpan((int)row.Offset);
            Assert.Equal((byte)'\n', input[row.Offset - 1]);
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
            Assert.Equal(Encoding.UTF8.GetString(line), row.Record);
            Assert.Contains(row.Value, row.Record, StringComparison.Ordinal);
        }

        Assert.Equal(rejects.Count, rejects.Select(row => row.Offset).Distinct().Count());
        Assert.Equal(rejects.OrderBy(row => row.Offset), rejects);
        return rejects;
    }
}
