using System.Text;

namespace Assay.App.Tests.EndToEnd;

/// <summary>
/// The sample beside the sales pipeline has every kind of dirt; what comes of it is kept byte by byte in Golden/sample
/// (refreshed as <see cref="GoldenFile"/> says), however it is read.
/// </summary>
public sealed class SampleGoldTests : IDisposable
{
    private readonly AssayProgram _assay = new();

    public static TheoryData<string, string> Ways
    {
        get
        {
            var ways = new TheoryData<string, string>();
            foreach (string threads in new[] { "1", "2", "4" })
            {
                foreach (string block in new[] { "64", "4KiB", "1MiB" })
                {
                    ways.Add(threads, block);
                }
            }

            return ways;
        }
    }

    public void Dispose() => _assay.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public void Gold_WhenReadWithAnyThreadsAndBlocks_ThenIsTheSameBytes(string threads, string block)
    {
        _assay.RunSales(AssayProgram.Sample, "--threads", threads, "--block-size", block);
        Check(AssayProgram.Sample);
    }

    [Fact]
    public void Gold_WhenReadFromStandardInput_ThenIsTheSameBytes()
    {
        ProgramResult result = _assay.Run(SalesInput.Sample, ["run", "sales", "--set", "file=-", "-q"]);
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        Check("-");
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_assay.Home, "tmp")));
    }

    [Fact]
    public void Gold_WhenReadFromGzip_ThenIsTheSameBytes()
    {
        string file = _assay.Write("sample.csv.gz", SalesInput.Gzip(SalesInput.Sample));
        _assay.RunSales(file);
        Check(file);
    }

    [Fact]
    public void Gold_WhenRowsAreReversed_ThenIsTheSameButForExamples()
    {
        byte[] reversed = SalesInput.Reversed(SalesInput.Sample);
        Assert.NotEqual(SalesInput.Sample, reversed);
        _assay.RunSales(_assay.Write("reversed.csv", reversed), "--block-size", "512");
        CheckKpis();
        Assert.Equal(
            QualityReport.WithoutExamples(File.ReadAllBytes(Path.Combine(GoldenFile.Folder, "sample", "quality.json"))),
            QualityReport.WithoutExamples(_assay.Published("quality.json")));
        Assert.Equal(27, QuarantinedRow.Read(_assay.Rejects()).Count);
    }

    [Fact]
    public void Gold_WhenRunTwice_ThenDiffersOnlyInThroughput()
    {
        _assay.RunSales(AssayProgram.Sample);
        string first = _assay.Gold!;
        _assay.RunSales(AssayProgram.Sample);
        Assert.NotEqual(first, _assay.Gold);
        SortedDictionary<string, string> before = AssayProgram.Snapshot(first);
        SortedDictionary<string, string> after = AssayProgram.Snapshot(_assay.Gold!);
        Assert.Equal([.. SalesInput.Files.Append("quality.json").Order(StringComparer.Ordinal)], after.Keys);
        Assert.True(before.Remove("quality.json") && after.Remove("quality.json"));
        Assert.Equal(before, after);
        Assert.Equal(
            QualityReport.WithoutThroughput(File.ReadAllBytes(Path.Combine(first, "quality.json"))),
            QualityReport.WithoutThroughput(_assay.Published("quality.json")));
    }

    private void CheckKpis()
    {
        foreach (string file in SalesInput.Files)
        {
            GoldenFile.Check(Path.Combine("sample", file), _assay.Published(file));
        }
    }

    private void Check(string file)
    {
        CheckKpis();
        GoldenFile.Check(Path.Combine("sample", "quality.json"), QualityReport.WithoutThroughput(_assay.Published("quality.json")));
        string rejects = Encoding.UTF8.GetString(_assay.Rejects());
        GoldenFile.Check(Path.Combine("sample", "quarantine.csv"), rejects.Replace($"\n{file},", $"\n{AssayProgram.Sample},", StringComparison.Ordinal));
        Assert.Equal([.. SalesInput.Files.Append("quality.json").Order(StringComparer.Ordinal)], AssayProgram.Snapshot(_assay.Gold!).Keys);
    }
}
