using System.Runtime.InteropServices;

namespace Assay.Store.Tests;

public sealed class UncachedFileTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(UncachedFile.BufferSize - 1)]
    [InlineData(UncachedFile.BufferSize)]
    [InlineData(UncachedFile.BufferSize + 1)]
    [InlineData((3 * UncachedFile.BufferSize) + 4097)]
    public void Complete_WhateverTheLength_ThenHoldsEveryByte(int length)
    {
        byte[] expected = Bytes(length);
        Assert.Equal(expected, Written(Home, expected, pieces: 10_007));
        Assert.Equal(expected, Written(Home, expected, pieces: 5 * UncachedFile.BufferSize));
    }

    [Fact]
    public void Write_WhenTheSystemCanWriteUncached_ThenDoesSoUntilTheEnd()
    {
        Assert.True(OperatingSystem.IsLinux());
        using UncachedFile file = Create(Path.Combine(Home, "file"));
        using var other = new FileStream(Path.Combine(Home, "other"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        bool can = Durable.TrySetUncached(other.SafeFileHandle, true);
        Assert.Equal(can, IsUncached(other));
        Assert.True(Durable.TrySetUncached(other.SafeFileHandle, false));
        Assert.False(IsUncached(other));

        Assert.False(file.IsUncached);
        file.Write(Bytes(UncachedFile.BufferSize));
        Assert.Equal(can, file.IsUncached);
        file.Complete();
        Assert.False(file.IsUncached);
    }

    [Fact]
    public void Complete_WhenUncachedWritingIsRefused_ThenWritesTheUsualWay()
    {
        byte[] expected = Bytes((3 * UncachedFile.BufferSize) + 5);
        string path = Path.Combine(Home, "file");
        using (var file = new UncachedFile(Open(path), shift: 1, TimeSpan.FromHours(1)))
        {
            file.Write(expected);
            file.Complete();
        }

        Assert.Equal(expected, File.ReadAllBytes(path));
    }

    [Fact]
    public void Complete_WhenTheDiskCannotKeepUp_ThenThePageCacheTakesTheRest()
    {
        byte[] expected = Bytes((3 * UncachedFile.BufferSize) + 5);
        string path = Path.Combine(Home, "file");
        using (var file = new UncachedFile(Open(path), shift: 0, patience: TimeSpan.FromHours(-1)))
        {
            file.Write(expected);
            Assert.False(file.IsUncached);
            file.Complete();
        }

        Assert.Equal(expected, File.ReadAllBytes(path));
    }

    [Fact]
    public void Complete_WhenTheFileSystemIsInMemory_ThenHoldsEveryByte()
    {
        string folder = Directory.Exists("/dev/shm") ? Directory.CreateDirectory(Path.Combine("/dev/shm", Path.GetRandomFileName())).FullName : Home;
        try
        {
            byte[] expected = Bytes((2 * UncachedFile.BufferSize) + 17);
            Assert.Equal(expected, Written(folder, expected, pieces: 4096));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Dispose_WhenABufferIsOnItsWay_ThenWaitsForIt()
    {
        string path = Path.Combine(Home, "file");
        byte[] expected = Bytes(UncachedFile.BufferSize);
        using (UncachedFile file = Create(path))
        {
            file.Write(expected);
        }

        Assert.Equal(expected, File.ReadAllBytes(path));
    }

    private string Home => Directory.CreateDirectory(_temporary.Home.Root).FullName;

    private static byte[] Written(string folder, byte[] bytes, int pieces)
    {
        string path = Path.Combine(folder, "file");
        using (UncachedFile file = Create(path))
        {
            for (int start = 0; start < bytes.Length; start += pieces)
            {
                file.Write(bytes.AsSpan(start, Math.Min(pieces, bytes.Length - start)));
            }

            Assert.Equal(bytes.Length, file.Position);
            file.Complete();
        }

        return File.ReadAllBytes(path);
    }

    private static UncachedFile Create(string path) => new(Open(path));

    private static FileStream Open(string path) => new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>Whether the system says so of an open file.</summary>
    private static bool IsUncached(FileStream file)
    {
        string line = File.ReadLines($"/proc/self/fdinfo/{file.SafeFileHandle.DangerousGetHandle()}").First(line => line.StartsWith("flags:", StringComparison.Ordinal));
        int direct = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x10000 : 0x4000;
        return (Convert.ToInt32(line["flags:".Length..].Trim(), 8) & direct) != 0;
    }

    private static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
