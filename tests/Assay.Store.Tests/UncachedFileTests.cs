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
    public void Complete_WhenTheFileSystemIsInMemory_ThenHoldsEveryByte()
    {
        // Many such file systems know no uncached writing: some refuse it when it is asked for, others when it is done.
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

    private static UncachedFile Create(string path) => new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0));

    private static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
