using System.Diagnostics;
using Assay.Data;

namespace Assay.Store.Tests;

/// <summary>What happens when the disk is full: on a small file system of its own where one may be mounted,
/// else on streams that fail as a full disk does.</summary>
public sealed class DiskFullTests : IDisposable
{
    private const string Room = "64k";
    private readonly TemporaryHome _temporary = new();
    private readonly bool _mounted;

    public DiskFullTests()
    {
        Directory.CreateDirectory(_temporary.Home.Root);
        _mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            && Run("mount", "-t", "tmpfs", "-o", "size=" + Room, "assay-test", _temporary.Home.Root) == 0;
    }

    public void Dispose()
    {
        if (_mounted)
        {
            Assert.Equal(0, Run("umount", _temporary.Home.Root));
        }

        _temporary.Dispose();
    }

    [Fact]
    public void Write_WhenTheDiskFillsUp_ThenSaysSoAndTheOldGoldStays()
    {
        using (GoldStage first = GoldStage.Begin(_temporary.Home, "shop", "r1"))
        {
            first.Write("a.csv", s => s.Write("old"u8));
            first.Publish();
        }

        string gold = _temporary.Home.Gold("shop");
        using (GoldStage stage = GoldStage.Begin(_temporary.Home, "shop", "r2"))
        {
            string path = Path.Combine(stage.Folder, "a.csv");
            StoreException e = Assert.Throws<StoreException>(() => stage.Write("a.csv", Fill));
            Assert.Equal(path, e.Path);
            Assert.Equal($"no space left on {path}: the published gold is untouched; free space or set ASSAY_HOME", e.Message);
        }

        Assert.Equal("old", File.ReadAllText(Path.Combine(_temporary.Home.CurrentGold("shop")!, "a.csv")));
        Assert.Equal([".lock", "current", "r1"], TemporaryHome.Names(gold));
    }

    [Fact]
    public void AtomicWrite_WhenTheDiskFillsUp_ThenTheOldFileStays()
    {
        string path = Path.Combine(_temporary.Home.Root, "a.json");
        AtomicFile.Write(path, s => s.Write("old"u8));

        StoreException e = Assert.Throws<StoreException>(() => AtomicFile.Write(path, Fill));

        Assert.StartsWith($"no space left on {path}:", e.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["a.json"], TemporaryHome.Names(_temporary.Home.Root));
    }

    [Fact]
    public void WriteUncached_WhenTheDiskFillsUp_ThenSaysSo()
    {
        string path = _mounted ? Path.Combine(_temporary.Home.Root, "long") : "/dev/full";
        using var file = new UncachedFile(new FileStream(path, _mounted ? FileMode.CreateNew : FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
        file.Write(new byte[UncachedFile.BufferSize]);

        IOException e = Assert.Throws<IOException>(file.Complete);

        Assert.StartsWith($"no space left on {path}:", StoreException.For(path, e).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Complete_WhenTheDiskFillsUpAtTheEnd_ThenSaysSoAndLeavesNoFile()
    {
        // Less than what is written at once, so that nothing is written before the end.
        string folder = Directory.CreateDirectory(_temporary.Home.Quarantine("orders")).FullName;
        using (QuarantineWriter writer = _mounted
            ? QuarantineWriter.Open(_temporary.Home, "orders", "r1")
            : new QuarantineWriter(Path.Combine(folder, "r1.csv"), () => new UncachedFile(new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0))))
        {
            var buffer = new QuarantineBuffer();
            buffer.Add("f"u8, 1, 0, "c"u8, FaultCode.Required, ""u8, ""u8, ""u8, new byte[100_000]);
            writer.Append(0, buffer);
            StoreException e = Assert.Throws<StoreException>(() => writer.Complete());
            Assert.StartsWith("no space left on ", e.Message, StringComparison.Ordinal);
            Assert.Throws<StoreException>(() => writer.Complete());
        }

        Assert.DoesNotContain(TemporaryHome.Names(folder), name => name.StartsWith("r1", StringComparison.Ordinal));
    }

    [Fact]
    public void Append_WhenTheDiskFillsUp_ThenSaysSoAndLeavesNoFile()
    {
        using (QuarantineWriter writer = _mounted
            ? QuarantineWriter.Open(_temporary.Home, "orders", "r1")
            : new QuarantineWriter(Path.Combine(_temporary.Home.Quarantine("orders"), "r1.csv"), () => new FullDisk()))
        {
            StoreException e = Assert.Throws<StoreException>(() =>
            {
                var buffer = new QuarantineBuffer();
                for (int block = 0; block < 1000; block++)
                {
                    buffer.Add("f"u8, block, 0, "c"u8, FaultCode.Required, ""u8, ""u8, ""u8, new byte[1000]);
                    buffer = writer.Append(block, buffer);
                }
            });
            Assert.Contains("no space left on", e.Message, StringComparison.Ordinal);
            Assert.EndsWith("r1.csv", e.Path, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(TemporaryHome.Names(_temporary.Home.Quarantine("orders")), name => name.StartsWith("r1", StringComparison.Ordinal));
    }

    [Fact]
    public void Explanation_WhenTheSystemItselfSaysNoSpace_ThenIsRecognised()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        IOException cause = Assert.Throws<IOException>(() => full.Write("x"u8));

        Assert.Equal(
            "no space left on /x: the published gold is untouched; free space or set ASSAY_HOME",
            StoreException.For("/x", cause).Message);
    }

    private void Fill(Stream output)
    {
        if (!_mounted)
        {
            throw new IOException("No space left on device", 28);
        }

        byte[] bytes = new byte[10_000];
        for (int i = 0; i < 100; i++)
        {
            output.Write(bytes);
        }
    }

    private static int Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
