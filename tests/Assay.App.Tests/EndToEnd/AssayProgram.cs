using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Assay.App.Tests.House;

namespace Assay.App.Tests.EndToEnd;

/// <summary>What the program said when it was run.</summary>
internal sealed record ProgramResult(int ExitCode, byte[] Output, string Error)
{
    /// <summary>Standard output as text.</summary>
    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>Standard error, line by line.</summary>
    public string[] Errors => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The program, run as a process of its own with a data folder of its own: the one that is published, where ASSAY_PROGRAM names it, else the one that was built with these tests.</summary>
internal sealed partial class AssayProgram : IDisposable
{
    public const string Sample = "pipelines/sales/sample.csv";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public AssayProgram()
    {
        Folder = Directory.CreateTempSubdirectory("assay-e2e-").FullName;
        Home = Path.Combine(Folder, "data");
    }

    /// <summary>The .NET host that runs these tests.</summary>
    public static string Host { get; } = System.Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>What runs the program: a file, and perhaps a first argument.</summary>
    public static IReadOnlyList<string> Command { get; } = System.Environment.GetEnvironmentVariable("ASSAY_PROGRAM") is { Length: > 0 } published
        ? [published]
        : [Host, Path.Combine(AppContext.BaseDirectory, "assay.dll")];

    /// <summary>A scratch folder.</summary>
    public string Folder { get; }

    /// <summary>Where the program keeps its data: ASSAY_HOME.</summary>
    public string Home { get; set; }

    /// <summary>What else is in the program's environment.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public string Quarantine => Path.Combine(Home, "quarantine", "sales");

    public string Runs => Path.Combine(Home, "runs");

    /// <summary>The folder of the pipeline's published runs.</summary>
    public string GoldRoot => Path.Combine(Home, "gold", "sales");

    /// <summary>The folder published last; null when nothing is.</summary>
    public string? Gold => new DirectoryInfo(Path.Combine(GoldRoot, "current")).LinkTarget is { } run ? Path.Combine(GoldRoot, run) : null;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>A path in the scratch folder.</summary>
    public string At(string name) => Path.Combine(Folder, name);

    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    /// <summary>Runs the program to its end, seen from the checkout's root.</summary>
    public ProgramResult Run(params string[] arguments) => Run(null, arguments);

    /// <summary>Runs the program to its end, with something on standard input.</summary>
    public ProgramResult Run(byte[]? input, string[] arguments)
    {
        using Process process = Start(arguments);
        return Finish(process, input);
    }

    /// <summary>Starts the program.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASSAY_HOME"] = Home;
        foreach ((string name, string value) in Environment)
        {
            start.Environment[name] = value;
        }

        // Signals that whoever started the tests ignores are not ignored by the program.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal", .. Command] : [.. Command];
        start.FileName = command[0];
        foreach (string argument in command[1..])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits for a process to end, and takes what it said.</summary>
    public static ProgramResult Finish(Process process, byte[]? input = null)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        Task copying = process.StandardOutput.BaseStream.CopyToAsync(output);
        if (input is not null)
        {
            process.StandardInput.BaseStream.Write(input);
        }

        process.StandardInput.Close();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            Assert.Fail($"The program did not end within {Patience}.");
        }

        copying.GetAwaiter().GetResult();
        return new ProgramResult(process.ExitCode, output.ToArray(), error.GetAwaiter().GetResult());
    }

    /// <summary>Runs the sales pipeline on a file, quietly, and asserts that it went well.</summary>
    public void RunSales(string file, params string[] more)
    {
        ProgramResult result = Run(["run", "sales", "--set", $"file={file}", "--quiet", .. more]);
        Assert.Equal("", result.Error);
        Assert.Equal("", result.Text);
        Assert.Equal(0, result.ExitCode);
    }

    /// <summary>A published file.</summary>
    public byte[] Published(string name) => File.ReadAllBytes(Path.Combine(Gold!, name));

    /// <summary>The newest quarantine file.</summary>
    public byte[] Rejects() => File.ReadAllBytes(Directory.GetFiles(Quarantine, "*.csv").Max(StringComparer.Ordinal)!);

    /// <summary>All files under a folder with their content, to compare with later.</summary>
    public static SortedDictionary<string, string> Snapshot(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(folder, file), file => Convert.ToHexString(File.ReadAllBytes(file))),
        StringComparer.Ordinal);

    /// <summary>A text with what differs from run to run and machine to machine replaced.</summary>
    public string Mask(string text) => Masked(text.Replace(Home, "HOME", StringComparison.Ordinal).Replace(Repository.Root, "ROOT", StringComparison.Ordinal));

    /// <summary>A text with run ids, timings and the number of cores replaced.</summary>
    public static string Masked(string text)
    {
        text = RunIds().Replace(text, "RUN-ID");
        text = Seconds().Replace(text, "SECONDS s");
        text = Rates().Replace(text, "RATE");
        return Cores().Replace(text, "$1CORES$2");
    }

    [GeneratedRegex(@"\d{8}-\d{9}-[0-9a-z]{5,}-[0-9a-z]+")]
    private static partial Regex RunIds();

    [GeneratedRegex(@"\b[\d,]+(\.\d+)? m?s\b")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"\b[\d,.]+ *([kKMG]i?)?(rows|B|million rows)/s")]
    private static partial Regex Rates();

    [GeneratedRegex(@"((?:--threads|--max-jobs) .*\[default: )\d+(\])")]
    private static partial Regex Cores();
}
