using System.Diagnostics;
using Assay.App.Tests.House;

namespace Assay.App.Tests.EndToEnd;

/// <summary>
/// A disk that fills up in the middle of a run. Where a small file system may be mounted (in a mount namespace of its
/// own, gone with its process) the data folder is on one; elsewhere on Linux a file that is written is /dev/full.
/// </summary>
public sealed class DiskFullTests : IDisposable
{
    private readonly AssayProgram _assay = new();

    public void Dispose() => _assay.Dispose();

    [Fact]
    public void Run_WhenTheDiskFillsUp_ThenSaysWhereAndTheGoldStays()
    {
        string[]? unshare = new[] { new[] { "-m" }, ["-r", "-m"] }
            .FirstOrDefault(how => Shell("unshare", [.. how, "mount", "-t", "tmpfs", "tmpfs", _assay.Folder]).ExitCode == 0);
        if (unshare is null)
        {
            return;
        }

        string file = _assay.At("sales.csv");
        Assert.Equal(0, _assay.Run("generate", "sales", "--rows", "20000", "-o", file).ExitCode);
        string disk = Directory.CreateDirectory(_assay.At("disk")).FullName;
        string kept = Directory.CreateDirectory(_assay.At("kept")).FullName;

        // The sample's results fit, the rejected rows of the large file do not.
        ProgramResult result = Shell("unshare", [.. unshare, "sh", "-c", """
            disk=$1; kept=$2; file=$3; sample=$4; shift 4
            mount -t tmpfs -o size=256k tmpfs "$disk" || exit 90
            ASSAY_HOME=$disk "$@" run sales -q --set "file=$sample" || exit 91
            cp -a "$disk/gold" "$kept/before"
            ASSAY_HOME=$disk "$@" run sales --set "file=$file"
            echo "code $?"
            cp -a "$disk/gold" "$kept/after"
            cat "$disk"/runs/*/manifest.json | grep '"status"'
            """, "sh", disk, kept, file, AssayProgram.Sample, .. AssayProgram.Command]);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["code 3", "\"status\": \"completed\",", "\"status\": \"failed\","], result.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Matches(
            $"^error: no space left on {disk}/quarantine/sales/[0-9a-z-]+\\.csv: the published gold is untouched; free space or set ASSAY_HOME\n$",
            result.Error);
        SortedDictionary<string, string> before = AssayProgram.Snapshot(Path.Combine(kept, "before"));
        Assert.Equal(before, AssayProgram.Snapshot(Path.Combine(kept, "after")));
        Assert.Equal(2 + (2 * SalesInput.Files.Length) + 1, before.Count);
        Assert.Equal(
            new DirectoryInfo(Path.Combine(kept, "before", "sales", "current")).LinkTarget,
            new DirectoryInfo(Path.Combine(kept, "after", "sales", "current")).LinkTarget);
    }

    [Fact]
    public void Run_WhenTheSampleCannotBeWritten_ThenSaysWhereAndTheGoldStays()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        _assay.RunSales(AssayProgram.Sample);
        string gold = _assay.Gold!;
        SortedDictionary<string, string> before = AssayProgram.Snapshot(gold);
        string samples = Directory.CreateDirectory(Path.Combine(_assay.Home, "samples")).FullName;
        string part = Path.Combine(samples, ".sales-10000-rows-seed-42.csv.part");
        File.CreateSymbolicLink(part, "/dev/full");

        ProgramResult result = _assay.Run("run", "sales");
        Assert.Equal($"error: No space left on device : '{part}'\n", result.Error);
        Assert.Equal(("", 3), (result.Text, result.ExitCode));
        Assert.Equal(gold, _assay.Gold);
        Assert.Equal(before, AssayProgram.Snapshot(gold));
    }

    private static ProgramResult Shell(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            return AssayProgram.Finish(process);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            // No such program here.
            return new ProgramResult(127, [], e.Message);
        }
    }
}
