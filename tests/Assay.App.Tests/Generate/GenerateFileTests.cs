using Assay.App.Generate;

namespace Assay.App.Tests.Generate;

public sealed class GenerateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("assay-generate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task File_WhenWritten_ThenHoldsTheBytesAndNothingElseIsLeft()
    {
        string path = Path.Combine(_folder, "new", "sales.csv");
        var options = new GenerateOptions { Rows = 20_000, Seed = 1 };
        var reported = new Reported();
        GenerateResult result = await GenerateFile.WriteAsync(Generated.Sales, path, options, reported, CancellationToken.None);
        (string text, _) = await Generated.RunAsync(Generated.Sales, options);
        Assert.Equal(text, await File.ReadAllTextAsync(path));
        Assert.Equal(new FileInfo(path).Length, result.Bytes);
        Assert.Equal([path], Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
        Assert.Equal([8192, 16384, 20_000], reported.Rows);
    }

    [Fact]
    public async Task File_WhenCancelledOnTheWay_ThenTheOldOneStaysAndNothingElseIsLeft()
    {
        string path = Path.Combine(_folder, "sales.csv");
        await File.WriteAllTextAsync(path, "old");
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GenerateFile.WriteAsync(
            Generated.Sales, path, new GenerateOptions { Rows = long.MaxValue / 2 }, new CancelAfter(stop, 50_000), stop.Token));
        Assert.Equal("old", await File.ReadAllTextAsync(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task File_WhenTheFolderIsAFile_ThenThrows()
    {
        string path = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(path, "");
        await Assert.ThrowsAnyAsync<IOException>(() => GenerateFile.WriteAsync(
            Generated.Sales, Path.Combine(path, "sales.csv"), new GenerateOptions(), progress: null, CancellationToken.None));
    }

    [Fact]
    public async Task Run_WhenTheOutputFails_ThenItsErrorComesOut()
    {
        IOException error = await Assert.ThrowsAsync<IOException>(() => DataGenerator.RunAsync(
            Generated.Sales, new FullDisk(), new GenerateOptions { Rows = 1_000_000_000 }, progress: null, CancellationToken.None));
        Assert.Equal("No space left", error.Message);
    }

    [Theory]
    [InlineData(-1, 1, 0.1, "2024-01-01")]
    [InlineData(1, 0, 0.1, "2024-01-01")]
    [InlineData(1, 1, 1.1, "2024-01-01")]
    [InlineData(1, 1, double.NaN, "2024-01-01")]
    public async Task Run_WhenAnOptionIsOutOfRange_ThenThrows(long rows, int threads, double errorRate, string start)
    {
        var options = new GenerateOptions
        {
            Rows = rows,
            Threads = threads,
            ErrorRate = errorRate,
            Start = DateOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture),
        };
        using var output = new MemoryStream();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => DataGenerator.RunAsync(Generated.Sales, output, options, progress: null, CancellationToken.None));
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public async Task Run_WhenTheLastDayIsTheCalendarsLast_ThenIsWritten()
    {
        var options = new GenerateOptions { Rows = 5_000, ErrorRate = 0, Start = new DateOnly(9998, 12, 31) };
        (string[][] rows, _) = await Generated.RowsAsync(Generated.Sales, options);
        Assert.Contains("31-Dec-9999", rows.Select(row => row[7]));
    }

    private sealed class Reported : IProgress<long>
    {
        public List<long> Rows { get; } = [];

        public void Report(long value) => Rows.Add(value);
    }

    private sealed class CancelAfter(CancellationTokenSource stop, long rows) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value >= rows)
            {
                stop.Cancel();
            }
        }
    }

    private sealed class FullDisk : MemoryStream
    {
        private int _writes;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            _writes++ < 3 ? ValueTask.CompletedTask : throw new IOException("No space left");
    }
}
