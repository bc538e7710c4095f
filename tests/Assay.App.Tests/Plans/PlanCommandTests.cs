using System.Text.Json;
using Assay.App.Tests.EndToEnd;

namespace Assay.App.Tests.Plans;

/// <summary>What <c>assay plan</c> prints (kept as <see cref="GoldenFile"/> says), and that it writes nothing.</summary>
public sealed class PlanCommandTests : IDisposable
{
    private readonly AssayProgram _assay = new();

    public void Dispose() => _assay.Dispose();

    [Theory]
    [InlineData("plan.txt", "plan sales --set file=" + AssayProgram.Sample)]
    [InlineData("plan-sample.txt", "plan sales")]
    [InlineData("plan-layers.txt", "plan orders")]
    [InlineData("plan-bronze.txt", "plan orders --until bronze")]
    [InlineData("plan.json", "plan orders --format json")]
    [InlineData("plan-help.txt", "plan --help")]
    public void Plan_WhenNothingWasRun_ThenIsAsKeptAndWritesNothing(string golden, string arguments)
    {
        ProgramResult result = _assay.Run(arguments.Split(' '));

        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        Assert.False(Directory.Exists(_assay.Home));
        Assert.DoesNotContain('\u001b', result.Text);
        GoldenFile.Check(Path.Combine("cli", golden), _assay.Mask(result.Text));
    }

    [Fact]
    public void Plan_WhenTheSampleWasLoaded_ThenIsAsKept()
    {
        Assert.Equal(0, _assay.Run("run", "orders", "--quiet").ExitCode);
        SortedDictionary<string, string> before = AssayProgram.Snapshot(_assay.Home);

        ProgramResult result = _assay.Run("plan", "orders", "--as-of", "2025-11-06");

        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        Assert.Equal(before, AssayProgram.Snapshot(_assay.Home));
        GoldenFile.Check(Path.Combine("cli", "plan-loaded.txt"), _assay.Mask(result.Text));
    }

    [Fact]
    public void Plan_WhenAskedForAsJson_ThenHasWhatTheRunThenDoes()
    {
        using var plan = JsonDocument.Parse(_assay.Run("plan", "orders", "--format", "json").Output);
        Assert.Equal(0, _assay.Run("run", "orders", "--quiet").ExitCode);
        using var run = JsonDocument.Parse(_assay.Run("runs", "show", "latest", "--format", "json").Output);

        JsonElement books = run.RootElement.GetProperty("books");
        long read = books.GetProperty("customers").GetProperty("read").GetInt64() + books.GetProperty("orders").GetProperty("read").GetInt64();
        Assert.Equal((read, true), (plan.RootElement.GetProperty("rows").GetInt64(), plan.RootElement.GetProperty("rows_exact").GetBoolean()));
        Assert.Equal(
            run.RootElement.GetProperty("configuration_hash").GetString(), plan.RootElement.GetProperty("configuration_hash").GetString());
    }

    [Theory]
    [InlineData("error: there is no file nope.csv (source `customers`)", "orders", "--set", "orders=nope.xml", "--set", "customers=nope.csv")]
    [InlineData("--set: unknown variable `nope`", "orders", "--set", "nope=1")]
    [InlineData("pipelines/sales/pipeline.yaml: `sales` keeps no silver", "sales", "--until", "bronze")]
    public void Plan_WhenARunWouldBeRefused_ThenSaysItAsARunDoes(string message, params string[] arguments)
    {
        ProgramResult plan = _assay.Run(["plan", .. arguments]);

        Assert.Equal((2, ""), (plan.ExitCode, plan.Text));
        ProgramResult run = _assay.Run(["run", .. arguments]);
        Assert.Equal(run.Error, plan.Error);
        Assert.StartsWith(message, plan.Error, StringComparison.Ordinal);
    }
}
