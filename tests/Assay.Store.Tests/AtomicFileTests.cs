namespace Assay.Store.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Write_WhenTheFolderIsMissing_ThenMakesItAndOnlyTheFileIsInIt()
    {
        string path = Path.Combine(_temporary.Home.Root, "a", "b.txt");

        AtomicFile.Write(path, s => s.Write("hello"u8));

        Assert.Equal("hello", File.ReadAllText(path));
        Assert.Equal(["b.txt"], TemporaryHome.Names(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void Write_WhenItFailsHalfway_ThenTheOldFileIsAsItWasAndNothingElseIsLeft()
    {
        string path = Path.Combine(_temporary.Home.Root, "b.txt");
        AtomicFile.Write(path, s => s.Write("old"u8));

        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(path, s =>
        {
            s.Write("half of the ne"u8);
            throw new InvalidDataException("cannot go on");
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["b.txt"], TemporaryHome.Names(_temporary.Home.Root));
    }

    [Fact]
    public async Task Write_WhenSeveralWriteOneFile_ThenReadersSeeOneOfTheWholeOnes()
    {
        string path = Path.Combine(_temporary.Home.Root, "b.txt");
        byte[][] contents = [.. Enumerable.Range(0, 4).Select(i => Enumerable.Repeat((byte)('a' + i), 50_000).ToArray())];
        AtomicFile.Write(path, s => s.Write(contents[0]));

        Task[] writers = [.. contents.Select(c => Task.Run(() =>
        {
            for (int i = 0; i < 20; i++)
            {
                AtomicFile.Write(path, s => s.Write(c));
            }
        }))];
        int reads = 0;
        do
        {
            byte[] seen = await File.ReadAllBytesAsync(path);
            Assert.Contains(contents, c => c.AsSpan().SequenceEqual(seen));
            reads++;
        }
        while (!writers.All(w => w.IsCompleted));
        await Task.WhenAll(writers);

        Assert.True(reads > 0);
        Assert.Equal(["b.txt"], TemporaryHome.Names(_temporary.Home.Root));
    }
}
