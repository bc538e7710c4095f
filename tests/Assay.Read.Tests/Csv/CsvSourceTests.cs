using System.Diagnostics;
using Assay.Data;

namespace Assay.Read.Tests;

public sealed class CsvSourceTests
{
    [Fact]
    public void Files_WhenSeveral_ThenEachHasItsHeaderAndNumbersItsRows()
    {
        using var folder = new TemporaryFolder();
        string[] files =
        [
            folder.Write("1.csv", "a,b\n1,2\n3,4"), folder.Write("2.csv", "b,x,a\r\n"), folder.Write("3.csv", "b,y,a\n5,6,7\n"),
        ];
        using CsvSource source = CsvSource.Open(files, ["a", "b"], new CsvOptions(), "sales");
        List<CsvRecord> records = CsvReading.All(source, 2, 1);
        Assert.Equal(["1@4 None [1,2] <1> <2>", "2@8 None [3,4] <3> <4>", "1@6 None [5,6,7] <7> <5>"], records.Select(record => record.ToString()));
        Assert.Equal([0, 0, 2], records.Select(record => record.File));
        Assert.Equal(files, source.Files);
        Assert.Equal(["x", "y"], source.ExtraColumns);
        Assert.Equal("sales", source.Name);
        Assert.Equal(11 + 7 + 12, source.TotalBytes);
        Assert.Equal(source.TotalBytes, source.BytesRead);
    }

    [Fact]
    public void File_WhenMissing_ThenTheErrorNamesIt()
    {
        using var folder = new TemporaryFolder();
        string missing = folder.Path("none.csv");
        var error = Assert.Throws<ReadException>(
            () => CsvSource.Open([folder.Write("1.csv", "a\n"), missing], ["a"], new CsvOptions(), "sales"));
        Assert.Equal($"{missing}: there is no such file.", error.Message);
        Assert.Equal(ReadErrorKind.NotFound, error.Kind);
        Assert.Equal(missing, error.File);
        Assert.Equal("sales", error.SourceName);
        Assert.True(error.IsConfiguration);
    }

    [Fact]
    public void File_WhenItIsAFolder_ThenItIsNoSuchFile()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Path("");
        var error = Assert.Throws<ReadException>(() => CsvSource.Open([path], ["a"], new CsvOptions(), "sales"));
        Assert.Equal(ReadErrorKind.NotFound, error.Kind);
        Assert.True(error.IsConfiguration);
        Assert.Equal($"{path} is a folder: name the files in it, such as {Path.Combine(path, "*.csv")}.", error.Message);
    }

    [Fact]
    public void File_WhenItIsGivenAName_ThenItIsCalledThatInErrorsToo()
    {
        using var folder = new TemporaryFolder();
        string[] files = [folder.Write("1.csv", "a\n1\n"), folder.Write("2.csv", "b\n")];
        using CsvSource source = CsvSource.Open(files[..1], ["a"], new CsvOptions(), "sales", ["first"]);
        Assert.Equal(["first"], source.Files);
        Assert.True(source.CanRewind);
        var error = Assert.Throws<ReadException>(() => CsvSource.Open(files, ["a"], new CsvOptions(), "sales", ["first", "second"]));
        Assert.Equal("second", error.File);
        Assert.StartsWith("second: missing column 'a'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_WhenThereAreNone_ThenTheCallIsWrong() =>
        Assert.Throws<ArgumentException>(() => CsvSource.Open([], ["a"], new CsvOptions(), "sales"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rewind_WhenOfFiles_ThenTheSecondPassIsTheSame(bool gzip)
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = CsvReading.Bytes("a,b\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},\"x\n{i}\"\n")));
        using CsvSource source = CsvSource.Open(
            [folder.Write("1.csv", gzip ? Gzip.Compress(bytes) : bytes)], ["b", "a"], new CsvOptions { BlockSize = 50 }, "sales");
        Assert.True(source.CanRewind);
        List<CsvRecord> first = CsvReading.All(source, 2, 3);
        long read = source.BytesRead;
        source.Rewind();
        Assert.Equal(0, source.BytesRead);
        List<CsvRecord> second = CsvReading.All(source, 3, 4);
        Assert.Equal(100, first.Count);
        Assert.Equal(first.Select(record => record.ToString()), second.Select(record => record.ToString()));
        Assert.Equal(read, source.BytesRead);
    }

    [Fact]
    public void Rewind_WhenOfAStream_ThenItSaysNo()
    {
        using CsvSource source = CsvReading.Open("a\n1\n"u8.ToArray(), null, "a");
        Assert.False(source.CanRewind);
        Assert.Null(source.TotalBytes);
        Assert.Single(CsvReading.All(source, 1, 1));
        Assert.Equal(4, source.BytesRead);
        var error = Assert.Throws<InvalidOperationException>(source.Rewind);
        Assert.Equal("test: a stream or a pipe can be read only once.", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Stream_WhenItGivesFewBytesAtATime_ThenNothingIsLost(int most)
    {
        byte[] bytes = CsvReading.Bytes("a,b\r\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i},\"x\r\n{i}\"\r\n")));
        using CsvSource source = CsvSource.Open(
            new SlowStream(bytes, most), "-", ["b", "a"], new CsvOptions { BlockSize = 37 }, "sales");
        List<CsvRecord> records = CsvReading.All(source, 2, 5, threads: true);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"x\r\n{i}"), records.Select(record => record.Fields[0]));
        Assert.Equal(Enumerable.Range(1, 1000).Select(i => (long)i), records.Select(record => record.Row));
    }

    [Theory]
    [InlineData("Laptop,5,12.50\n", 200_000_000)]
    [InlineData("\"Laptop, \"\"15\"\"\",5,12.50\r\n", 30_000_000)]
    public void Stream_WhenLong_ThenMemoryStaysFlat(string record, int length)
    {
        int times = length / record.Length;
        using CsvSource source = CsvSource.Open(
            new PatternStream("name,quantity,price\n"u8.ToArray(), CsvReading.Bytes(record), times, []),
            "-", ["price", "name"], new CsvOptions { BlockSize = 64 * 1024 }, "sales");
        CsvCursor cursor = source.OpenCursor();
        var batch = new FieldBatch(2);
        Assert.True(cursor.ReadBlock(CancellationToken.None));
        long before = GC.GetAllocatedBytesForCurrentThread();
        long rows = 0;
        long bytes = 0;
        long wrong = 0;
        do
        {
            while (cursor.ReadBatch(batch))
            {
                wrong += batch.FirstRow == rows + 1 && !batch.HasFaults ? 0 : 1;
                rows += batch.Count;
                for (int row = 0; row < batch.Count; row++)
                {
                    bytes += batch.Lengths[0][row] + batch.Lengths[1][row];
                }
            }
        }
        while (cursor.ReadBlock(CancellationToken.None));

        Assert.Equal(0, wrong);
        Assert.Equal(times, rows);
        Assert.Equal((long)times * (record[0] == '"' ? 17 : 11), bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Block_WhenCancelledBefore_ThenItThrows()
    {
        using CsvSource source = CsvReading.Open("a\n1\n"u8.ToArray(), null, "a");
        CsvCursor cursor = source.OpenCursor();
        Assert.ThrowsAny<OperationCanceledException>(() => cursor.ReadBlock(new CancellationToken(canceled: true)));
        Assert.ThrowsAny<OperationCanceledException>(() => source.OpenCursor().ReadBlock(CancellationToken.None));
    }

    [Fact]
    public void Block_WhenCancelledInTheMiddleOfIt_ThenReadingEnds()
    {
        using var cancellation = new CancellationTokenSource();
        byte[] bytes = CsvReading.Bytes("a\n" + new string('x', 200_000));
        var stream = new SlowStream(bytes, 1000, at =>
        {
            if (at >= 100_000)
            {
                cancellation.Cancel();
            }
        });
        using CsvSource source = CsvSource.Open(stream, "-", ["a"], new CsvOptions(), "sales");
        Assert.ThrowsAny<OperationCanceledException>(() => source.OpenCursor().ReadBlock(cancellation.Token));
        Assert.InRange(stream.Position, 100_000, 102_000);
    }

    [Fact]
    public async Task Workers_WhenTheFileFails_ThenAllEndWithTheSameError()
    {
        byte[] bytes = CsvReading.Bytes("a\n" + string.Concat(Enumerable.Repeat("x\n", 100_000)));
        var stream = new SlowStream(bytes, 1000, at =>
        {
            if (at >= 150_000)
            {
                throw new IOException("The cable is out.");
            }
        });
        using CsvSource source = CsvSource.Open(stream, "cable.csv", ["a"], new CsvOptions { BlockSize = 100 }, "sales");
        Task<ReadException>[] workers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => Assert.Throws<ReadException>(() =>
        {
            CsvCursor cursor = source.OpenCursor();
            while (cursor.ReadBlock(CancellationToken.None))
            {
            }
        })))];
        foreach (ReadException error in await Task.WhenAll(workers).WaitAsync(TimeSpan.FromSeconds(30)))
        {
            Assert.Equal("cable.csv cannot be read: The cable is out.", error.Message);
            Assert.Equal(ReadErrorKind.Unreadable, error.Kind);
            Assert.Equal("cable.csv", error.File);
        }
    }

    [Fact]
    public void SalesSample_WhenItIsThere_ThenItHasTenThousandGoodRecords()
    {
        string file = Path.Combine(RepositoryRoot(), "..", "shared", "data", "sales", "sales_10k.csv");
        if (!File.Exists(file))
        {
            return;
        }

        string[] columns = ["order_id", "customer_email", "quantity"];
        using CsvSource source = CsvSource.Open([file], columns, new CsvOptions { BlockSize = 4096 }, "sales");
        List<CsvRecord> records = CsvReading.All(source, 2, 100, threads: true);
        Assert.Equal(10_000, records.Count);
        Assert.All(records, (record, i) => Assert.Equal((i + 1, FaultCode.None), ((int)record.Row, record.Fault)));
        Assert.Equal(["ORD-00000000-2824", "user1@example.com", "4"], records[0].Fields);
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Assay.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new UnreachableException("The tests run inside the repository.");
    }
}
