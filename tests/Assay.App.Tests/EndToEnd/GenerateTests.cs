namespace Assay.App.Tests.EndToEnd;

/// <summary><c>assay generate</c>, as a process.</summary>
public sealed class GenerateTests : IDisposable
{
    private readonly AssayProgram _assay = new();

    public void Dispose() => _assay.Dispose();

    [Fact]
    public void Generate_WhenToAFileAndToStandardOutput_ThenGivesTheSameBytes()
    {
        string file = _assay.At("sales.csv");
        string[] arguments = ["generate", "sales", "--rows", "1000", "--seed", "1", "--error-rate", "0.15"];
        ProgramResult toFile = _assay.Run([.. arguments, "-o", file, "--threads", "1"]);
        ProgramResult toOutput = _assay.Run([.. arguments, "--threads", "3"]);
        byte[] bytes = File.ReadAllBytes(file);
        Assert.Equal((0, 0), (toFile.ExitCode, toOutput.ExitCode));
        Assert.Equal("", toFile.Text);
        Assert.Equal(bytes, toOutput.Output);
        Assert.Equal(1001, bytes.Count(b => b == '\n'));
        Assert.Equal(toFile.Error, toOutput.Error);
        GoldenFile.Check(Path.Combine("cli", "generate-summary.txt"), toFile.Error);
        Assert.False(Directory.Exists(_assay.Home));

        Assert.NotEqual(bytes, _assay.Run("generate", "sales", "--rows", "1000", "--seed", "2", "--error-rate", "0.15").Output);
        Assert.Equal(
            "order_id,product_name,category,quantity,unit_price,discount_percent,region,sale_date,customer_email\r\n"u8,
            _assay.Run("generate", "sales", "--rows", "0").Output);
    }

    [Fact]
    public void Run_WhenGivenNoFile_ThenGeneratesTheSampleFirstAndKeepsIt()
    {
        ProgramResult result = _assay.Run("run", "sales", "-q");
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        string sample = Directory.GetFiles(Path.Combine(_assay.Home, "samples")).Single();
        Assert.Equal("sales-10000-rows-seed-42.csv", Path.GetFileName(sample));
        byte[] bytes = File.ReadAllBytes(sample);
        Assert.Equal(bytes, _assay.Run("generate", "sales", "--rows", "10000", "--seed", "42").Output);

        SortedDictionary<string, string> first = AssayProgram.Snapshot(_assay.Gold!);
        _assay.RunSales(sample);
        SortedDictionary<string, string> second = AssayProgram.Snapshot(_assay.Gold!);
        Assert.True(first.Remove("quality.json") && second.Remove("quality.json"));
        Assert.Equal(first, second);
    }
}
