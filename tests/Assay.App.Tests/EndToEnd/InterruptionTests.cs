using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Assay.App.Tests.EndToEnd;

/// <summary>Runs that are killed or interrupted on the way leave what was published before as it was.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const string Interrupt = "-INT";
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(10);
    private readonly AssayProgram _assay = new();

    public void Dispose() => _assay.Dispose();

    [Fact]
    public void Kill_WhenReadingAFile_ThenGoldStaysAndTheNextRunCleansUp()
    {
        string file = Generate(rows: 1_500_000);
        CheckKill(
            ["run", "sales", "--set", $"file={file}", "--threads", "1", "--block-size", "16KiB", "-q"],
            () => Directory.GetFiles(_assay.Quarantine, "*.partial").Length > 0);
    }

    [Fact]
    public void Kill_WhenReadingStandardInput_ThenGoldStaysAndTheNextRunCleansUp()
    {
        string spools = Path.Combine(_assay.Home, "tmp");
        CheckKill(
            ["run", "sales", "--set", "file=-", "-q"],
            () => Directory.Exists(spools) && Directory.GetFiles(spools).Any(file => new FileInfo(file).Length > 0));
        Assert.Empty(Directory.GetFiles(spools));
    }

    [Fact]
    public void Interrupt_WhenReadingAFile_ThenEndsWithNothingPublished()
    {
        string file = Generate(rows: 1_500_000);
        CheckInterrupt(["run", "sales", "--set", $"file={file}", "--threads", "1", "--block-size", "16KiB"]);
    }

    [Fact]
    public void Interrupt_WhenWaitingForStandardInput_ThenEndsWithNothingPublished() =>
        CheckInterrupt(["run", "sales", "--set", "file=-"]);

    private void CheckKill(string[] arguments, Func<bool> isUnderWay)
    {
        _assay.RunSales(AssayProgram.Sample);
        string gold = _assay.Gold!;
        SortedDictionary<string, string> before = AssayProgram.Snapshot(gold);
        string[] runs = Directory.GetDirectories(_assay.Runs);

        using (Process process = _assay.Start(arguments))
        {
            process.StandardInput.Write(SalesInput.Header);
            process.StandardInput.Flush();
            WaitFor(process, () => Stages().Length > 0 && isUnderWay());
            process.Kill();
            process.WaitForExit();
            Assert.NotEqual(0, process.ExitCode);
        }

        Assert.Equal(gold, _assay.Gold);
        Assert.Equal(before, AssayProgram.Snapshot(gold));
        Assert.Single(Stages());
        Assert.Equal("running", Status(Directory.GetDirectories(_assay.Runs).Except(runs).Single()));

        _assay.RunSales(AssayProgram.Sample);
        Assert.NotEqual(gold, _assay.Gold);
        Assert.Equal(before.Keys, AssayProgram.Snapshot(_assay.Gold!).Keys);
        Assert.Empty(Stages());
        Assert.Empty(Directory.GetFiles(_assay.GoldRoot, ".staging-*"));
        Assert.Empty(Directory.GetFiles(_assay.Quarantine, "*.partial"));
    }

    private void CheckInterrupt(string[] arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _assay.RunSales(AssayProgram.Sample);
        string gold = _assay.Gold!;
        string[] runs = Directory.GetDirectories(_assay.Runs);
        using Process process = _assay.Start(arguments);
        WaitFor(process, () => Stages().Length > 0);
        using (Process kill = Process.Start("kill", [Interrupt, process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
            Assert.Equal(0, kill.ExitCode);
        }

        Assert.True(process.WaitForExit(Promptly));
        Assert.Equal("cancelled; nothing was published\n", process.StandardError.ReadToEnd());
        Assert.Equal("", process.StandardOutput.ReadToEnd());
        Assert.Equal(3, process.ExitCode);
        Assert.Equal(gold, _assay.Gold);
        Assert.Empty(Stages());
        Assert.Empty(Directory.GetFiles(_assay.Quarantine, "*.partial"));
        Assert.Equal("cancelled", Status(Directory.GetDirectories(_assay.Runs).Except(runs).Single()));
    }

    private string Generate(int rows)
    {
        string file = _assay.At("sales.csv");
        Assert.Equal(0, _assay.Run("generate", "sales", "--rows", rows.ToString(CultureInfo.InvariantCulture), "-o", file).ExitCode);
        return file;
    }

    private string[] Stages() => Directory.Exists(_assay.GoldRoot) ? Directory.GetDirectories(_assay.GoldRoot, ".staging-*") : [];

    private static string? Status(string run)
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run, "manifest.json")));
        return manifest.RootElement.GetProperty("status").GetString();
    }

    private static void WaitFor(Process process, Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.False(process.WaitForExit(TimeSpan.FromMilliseconds(1)), "The program ended before it was interrupted.");
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "The program did not come as far as it should.");
        }
    }
}
