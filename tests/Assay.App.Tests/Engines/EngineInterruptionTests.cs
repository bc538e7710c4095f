using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Assay.App.Tests.EndToEnd;
using Assay.Store;
using Assay.Store.Tests.Engines;

namespace Assay.App.Tests.Engines;

/// <summary>
/// The program, killed or robbed of its database while it loads, or with another one at the same database: what was
/// published before stays whole, and the next run is exact.
/// </summary>
public abstract class EngineInterruptionTests : IDisposable
{
    /// <summary>Rows enough that a load can be met half-way.</summary>
    private const int Rows = 500_000;

    private readonly AssayProgram _memory = new();

    private protected AssayProgram Assay { get; } = new();

    private protected abstract EngineKind Kind { get; }

    private protected abstract string Engine { get; }

    private protected abstract string Connection { get; }

    private protected EngineOptions Options => new() { Kind = Kind, Connection = Connection };

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
        Assay.Dispose();
        _memory.Dispose();
    }

    [EngineFact]
    public void Kill_WhenLoading_ThenTheTablesAreThoseOfTheLastRunAndTheNextIsExact()
    {
        PublishedTables before = RunSample();
        string file = Generate();
        using (Process process = StartLoad(Assay, file))
        {
            process.Kill();
            process.WaitForExit();
        }

        Assert.Equal(before, PublishedTables.Read(Options));
        CheckNextRun(file);
    }

    [EngineFact]
    public void Run_WhenAnotherIsAtTheSameDatabase_ThenWaitsSaysSoAndNeverMixes()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string file = Generate();
        using var other = new AssayProgram();
        Connect(other);
        using Process first = StartLoad(Assay, file);

        // The first stands still in the middle of its load until the second has come to the same database.
        Signal("-STOP", first);
        using Process second = other.Start(Arguments(AssayProgram.Sample));
        string? waits;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            waits = second.StandardError.ReadLineAsync(patience.Token).AsTask().GetAwaiter().GetResult();
        }
        finally
        {
            Signal("-CONT", first);
        }

        ProgramResult firstResult = AssayProgram.Finish(first);
        ProgramResult secondResult = AssayProgram.Finish(second);

        Assert.StartsWith($"{Engine}: another run is ", waits, StringComparison.Ordinal);
        Assert.Contains("; waiting until it ", waits, StringComparison.Ordinal);
        Assert.Equal(("", 0), (firstResult.Error, firstResult.ExitCode));
        Assert.Equal(("", 0), (secondResult.Error, secondResult.ExitCode));
        CheckGold(Assay, file);
        CheckGold(other, AssayProgram.Sample);
        CheckTables(other);
    }

    /// <summary>Whether a run is in the middle of loading rows.</summary>
    private protected virtual bool IsLoading() => true;

    /// <summary>Runs on the sample, and gives what it published.</summary>
    private protected PublishedTables RunSample()
    {
        Connect(Assay);
        Assay.RunSales(AssayProgram.Sample, "--engine", Engine);
        PublishedTables published = PublishedTables.Read(Options);
        Assert.Equal(Path.GetFileName(Assay.Gold), published.Runs);
        return published;
    }

    private protected string Generate()
    {
        string file = Assay.At("sales.csv");
        Assert.Equal(0, Assay.Run("generate", "sales", "--rows", Rows.ToString(CultureInfo.InvariantCulture), "-o", file).ExitCode);
        return file;
    }

    /// <summary>Starts a run, and waits until it is in the middle of loading rows.</summary>
    private protected Process StartLoad(AssayProgram program, string file)
    {
        Connect(program);
        Process process = program.Start([.. Arguments(file), "--threads", "1", "--block-size", "16KiB"]);
        var waited = Stopwatch.StartNew();
        while (!Directory.Exists(program.Quarantine) || Directory.GetFiles(program.Quarantine, "*.partial").Length == 0 || !IsLoading())
        {
            Assert.False(process.WaitForExit(TimeSpan.FromMilliseconds(1)), "The program ended before it was interrupted.");
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(1), "The program did not come as far as it should.");
        }

        return process;
    }

    /// <summary>A run that lost its database says so, and ends.</summary>
    private protected void CheckLost(ProgramResult result)
    {
        Assert.Equal(3, result.ExitCode);
        Assert.StartsWith($"error: {Engine}: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("nothing was changed, run again", Assert.Single(result.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("Password", result.Error, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The next run publishes what memory does, and the database has all rows and that run's results.</summary>
    private protected void CheckNextRun(string file)
    {
        Connect(Assay);
        Assay.RunSales(file, "--engine", Engine);
        CheckGold(Assay, file);
        CheckTables(Assay);
    }

    private void CheckGold(AssayProgram program, string file)
    {
        _memory.RunSales(file);
        Assert.All(SalesInput.Files, name => Assert.Equal(_memory.Published(name), program.Published(name)));
    }

    private void CheckTables(AssayProgram last)
    {
        PublishedTables published = PublishedTables.Read(Options);
        Assert.Equal(Path.GetFileName(last.Gold), published.Runs);
        using JsonDocument summary = JsonDocument.Parse(_memory.Published("summary.json"));
        Assert.Equal(summary.RootElement.GetProperty("rows").GetProperty("accepted").GetInt64(), published.Rows);
    }

    private static void Signal(string signal, Process process)
    {
        using Process kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private string[] Arguments(string file) => ["run", "sales", "--engine", Engine, "--set", $"file={file}", "--quiet"];

    private void Connect(AssayProgram program) => program.Environment[$"ASSAY__ENGINES__{Engine.ToUpperInvariant()}"] = Connection;
}

public sealed class DuckDbInterruptionTests : EngineInterruptionTests
{
    private protected override EngineKind Kind => EngineKind.DuckDb;

    private protected override string Engine => "duckdb";

    private protected override string Connection => Assay.At("shared.duckdb");
}

public sealed class SqliteInterruptionTests : EngineInterruptionTests
{
    private protected override EngineKind Kind => EngineKind.Sqlite;

    private protected override string Engine => "sqlite";

    private protected override string Connection => Assay.At("shared.sqlite");
}
