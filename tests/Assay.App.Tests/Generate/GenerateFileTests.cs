using Assay.App.Generate;

namespace Assay.App.Tests.Generate;

public sealed class GenerateFileTests : IDisposable
{
    private const string Two =
        """
        generate: two
        start: 2024-01-01
        datasets:
          people: { rows: 10, columns: { id: { template: "{row}" } } }
          visits:
            rows: 500
            split: at
            columns: { at: { timestamp: { days: [0, 6] }, formats: yyyy-MM-dd } }
        """;

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
    public async Task File_WhenItIsThereAndMayNotBeReplaced_ThenStaysAsItWas()
    {
        string path = Path.Combine(_folder, "sales.csv");
        await File.WriteAllTextAsync(path, "old");
        var options = new GenerateOptions { Rows = 1, Overwrite = false };
        GenerateException error = await Assert.ThrowsAsync<GenerateException>(
            () => GenerateFile.WriteAsync(Generated.Sales, path, options, progress: null, CancellationToken.None));
        Assert.Equal($"{path} is already there, and is replaced only when that is asked for (--force)", error.Message);
        Assert.Equal("old", await File.ReadAllTextAsync(path));

        GenerateResult result = await GenerateFile.WriteAsync(
            Generated.Sales, path, options with { Overwrite = true }, progress: null, CancellationToken.None);
        Assert.Equal(result.Bytes, new FileInfo(path).Length);
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Folder_WhenADatasetIsSplit_ThenItsPartsAreInOrderOfTheirDaysAndNothingElseIsLeft()
    {
        GeneratePlan plan = GeneratePlan.Parse(Two, "two.yaml");
        string folder = Path.Combine(_folder, "drops");
        IReadOnlyList<(string Path, GenerateResult Result)> files = await GenerateFolder.WriteAsync(
            plan, folder, 3, new GenerateOptions(), progress: null, CancellationToken.None);
        string[] names = ["people.csv", "visits-0001.csv", "visits-0002.csv", "visits-0003.csv"];
        Assert.Equal(names, files.Select(file => Path.GetFileName(file.Path)));
        Assert.Equal(names, Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        Assert.Equal(["10", "500"], new[] { files[0].Result.Rows, files.Skip(1).Sum(file => file.Result.Rows) }.Select(rows => $"{rows}"));
        string[] days = [.. files.Skip(1).SelectMany(file => File.ReadLines(file.Path).Skip(1).Distinct().Order(StringComparer.Ordinal))];
        Assert.Equal(["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05", "2024-01-06", "2024-01-07"], days);
        Assert.Equal([2, 2, 3], files.Skip(1).Select(file => File.ReadLines(file.Path).Skip(1).Distinct().Count()));
    }

    [Fact]
    public async Task Folder_WhenOneFileIsThereAlready_ThenNoneIsWritten()
    {
        GeneratePlan plan = GeneratePlan.Parse(Two, "two.yaml");
        string there = Path.Combine(_folder, "visits.csv");
        await File.WriteAllTextAsync(there, "old");
        var options = new GenerateOptions { Overwrite = false };
        await Assert.ThrowsAsync<GenerateException>(
            () => GenerateFolder.WriteAsync(plan, _folder, 1, options, progress: null, CancellationToken.None));
        Assert.Equal([there], Directory.GetFiles(_folder));
        Assert.Equal("old", await File.ReadAllTextAsync(there));
    }

    [Theory]
    [InlineData(8, "`visits` can be split into 7 parts at most, one a day")]
    [InlineData(0, null)]
    public async Task Folder_WhenThePartsDoNotFit_ThenNothingIsWritten(int parts, string? message)
    {
        GeneratePlan plan = GeneratePlan.Parse(Two, "two.yaml");
        Exception? error = await Record.ExceptionAsync(
            () => GenerateFolder.WriteAsync(plan, _folder, parts, new GenerateOptions(), progress: null, CancellationToken.None));
        Assert.Equal(message is null ? typeof(ArgumentOutOfRangeException) : typeof(GenerateException), error?.GetType());
        Assert.Equal(message ?? error?.Message, error?.Message);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Folder_WhenNothingCanBeSplit_ThenSaysSo()
    {
        GenerateException error = await Assert.ThrowsAsync<GenerateException>(() => GenerateFolder.WriteAsync(
            Generated.Sales, _folder, 2, new GenerateOptions(), progress: null, CancellationToken.None));
        Assert.Equal("`sales` cannot be split: none of its datasets has a `split`", error.Message);
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
    [InlineData(-1, 1, 0.1)]
    [InlineData(1, 0, 0.1)]
    [InlineData(1, 1, 1.1)]
    [InlineData(1, 1, double.NaN)]
    public async Task Run_WhenAnOptionIsOutOfRange_ThenThrows(long rows, int threads, double errorRate)
    {
        var options = new GenerateOptions { Rows = rows, Threads = threads, ErrorRate = errorRate };
        using var output = new MemoryStream();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => DataGenerator.RunAsync(Generated.Sales, output, options, progress: null, CancellationToken.None));
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public async Task Run_WhenTheStartIsTooLate_ThenSaysSo()
    {
        using var output = new MemoryStream();
        GenerateException error = await Assert.ThrowsAsync<GenerateException>(() => DataGenerator.RunAsync(
            Generated.Sales, output, new GenerateOptions { Start = new DateOnly(9999, 1, 2) }, progress: null, CancellationToken.None));
        Assert.Equal("with the start 9999-01-02 timestamps would leave the years 1 to 9999", error.Message);
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
