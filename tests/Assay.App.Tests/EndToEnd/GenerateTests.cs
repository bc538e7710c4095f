namespace Assay.App.Tests.EndToEnd;

/// <summary><c>assay generate</c>, as a process.</summary>
public sealed class GenerateTests : IDisposable
{
    private const string Related = "pipelines/orders/generate.yaml";

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

    [Fact]
    public void Generate_WhenTheFileDeclaresNoErrors_ThenTellsOfNone()
    {
        string file = _assay.Write("generate.yaml", "generate: numbers\nstart: 2024-01-01\ncolumns: { id: { integer: row } }\n"u8);
        ProgramResult result = _assay.Run("generate", file, "--rows", "3", "-o", _assay.At("numbers.csv"));
        Assert.Equal((0, "3 rows, 9 B\n"), (result.ExitCode, result.Error));
        Assert.Equal("id\n0\n1\n2\n", File.ReadAllText(_assay.At("numbers.csv")));
    }

    [Fact]
    public void Generate_WhenThereAreSeveralDatasets_ThenEachHasItsOptionAndItsFile()
    {
        string named = _assay.At("named");
        ProgramResult result = _assay.Run(
            "generate", Related, "--customers", "30", "--orders=80", "--output-dir", named, "--seed", "5", "--error-rate", "0.1");
        Assert.Equal((0, ""), (result.ExitCode, result.Text));
        GoldenFile.Check(Path.Combine("cli", "generate-several.txt"), result.Error.Replace(named, "FOLDER", StringComparison.Ordinal));
        Assert.Equal(["customers.csv", "orders.xml"], Directory.GetFiles(named).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));

        string generic = _assay.At("generic");
        string[] same = ["generate", Related, "--seed", "5", "--error-rate", "0.1", "--rows", "customers=30", "--rows", "orders=80"];
        Assert.Equal(0, _assay.Run([.. same, "--output-dir", generic, "--threads", "1"]).ExitCode);
        Assert.Equal(AssayProgram.Snapshot(named), AssayProgram.Snapshot(generic));
        Assert.Equal(File.ReadAllBytes(Path.Combine(named, "orders.xml")), _assay.Run([.. same, "--dataset", "orders"]).Output);

        ProgramResult split = _assay.Run([.. same, "--output-dir", generic, "--split", "10"]);
        Assert.Equal((2, $"error: {generic}/customers.csv is already there, and is replaced only when that is asked for (--force)\n"), (split.ExitCode, split.Error));
        Assert.Equal(2, Directory.GetFiles(generic).Length);
        Assert.Equal(0, _assay.Run([.. same, "--output-dir", generic, "--split", "10", "--force"]).ExitCode);
        Assert.Equal(12, Directory.GetFiles(generic).Length);
        Assert.True(File.Exists(Path.Combine(generic, "orders-0010.xml")));
    }

    [Fact]
    public void Generate_WhenTheFileIsThere_ThenReplacesItOnlyWithForce()
    {
        string file = _assay.Write("sales.csv", "precious"u8);
        ProgramResult refused = _assay.Run("generate", "sales", "--rows", "5", "-o", file);
        Assert.Equal((2, $"error: {file} is already there, and is replaced only when that is asked for (--force)\n"), (refused.ExitCode, refused.Error));
        Assert.Equal("precious", File.ReadAllText(file));
        Assert.Equal(0, _assay.Run("generate", "sales", "--rows", "5", "-o", file, "--force").ExitCode);
        Assert.Equal(6, File.ReadAllLines(file).Length);
    }

    [Theory]
    [InlineData("", "`orders` has several datasets (customers, orders); write all with --output-dir DIR, or one with --dataset NAME")]
    [InlineData("--dataset order", "`orders` has no dataset `order`; it has customers, orders")]
    [InlineData("--output-dir x --rows 5", "there are several datasets; say of which with --rows NAME=N")]
    [InlineData("--output-dir x --rows shops=5", "`orders` has no dataset `shops`; it has customers, orders")]
    [InlineData("--output-dir x --customers 0", "`orders` refers to rows of `customers`, which has none; give it one at least")]
    [InlineData("--output-dir x --split 121", "`orders` can be split into 120 parts at most, one a day")]
    [InlineData("--customers many", "--customers takes a number from 0; `many` is none")]
    [InlineData("--shops 5", "Unrecognized command or argument '--shops'.")]
    [InlineData("--split 2", "--split writes several files; it needs --output-dir")]
    [InlineData("--output-dir x -o y", "--output-dir writes all datasets; it cannot be given with --output or --dataset")]
    public void Generate_WhenOptionsDoNotFit_ThenSaysSoAndWritesNothing(string options, string error)
    {
        ProgramResult result = _assay.Run(
            ["generate", Related, .. options.Replace(" x", " " + _assay.At("x"), StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((2, $"error: {error}", ""), (result.ExitCode, result.Errors[0], result.Text));
        Assert.False(Directory.Exists(_assay.At("x")));
    }
}
