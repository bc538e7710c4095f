using System.Globalization;
using System.Text;
using Assay.Data;

namespace Assay.Store.Tests;

public sealed class QuarantineWriterTests : IDisposable
{
    private const string Header = "file,row,offset,column,code,value,expected,also,record\n";
    private readonly TemporaryHome _temporary = new();

    private string Folder => _temporary.Home.Quarantine("orders");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Complete_WhenRowsWereRejected_ThenTheFileHasThemInBlockOrder()
    {
        using QuarantineWriter writer = Open("r1");
        QuarantineBuffer spare = writer.Append(1, Filled(1, 1));
        Assert.Equal(0, spare.Rows);
        Assert.Equal([".lock"], TemporaryHome.Names(Folder));
        writer.Append(0, Filled(0, 2));
        Assert.Equal([".lock", "r1.csv.partial"], TemporaryHome.Names(Folder));

        string? path = writer.Complete();

        Assert.Equal(Path.Combine(Folder, "r1.csv"), path);
        Assert.Equal(3, writer.Rows);
        Assert.Equal(Header + Line(0, 0) + Line(0, 1) + Line(1, 0), File.ReadAllText(path!));
        Assert.Equal([".lock", "r1.csv"], TemporaryHome.Names(Folder));
    }

    [Fact]
    public void Complete_WhenNothingWasRejected_ThenThereIsNoFile()
    {
        using QuarantineWriter writer = Open("r1");
        QuarantineBuffer buffer = new();
        for (int block = 0; block < 100; block++)
        {
            buffer = writer.Append(block, buffer);
        }

        Assert.Null(writer.Complete());
        Assert.Equal(0, writer.Rows);
        Assert.Equal([".lock"], TemporaryHome.Names(Folder));
    }

    [Fact]
    public void Append_WhenABlockIsMissingOrGivenTwice_ThenIsRefused()
    {
        using QuarantineWriter writer = Open("r1");
        writer.Append(1, Filled(1, 1));
        Assert.Throws<ArgumentException>(() => writer.Append(1, Filled(1, 1)));
        Assert.Throws<InvalidOperationException>(() => writer.Complete());
        writer.Append(0, Filled(0, 1));
        Assert.Throws<ArgumentException>(() => writer.Append(0, Filled(0, 1)));
        Assert.NotNull(writer.Complete());
    }

    [Fact]
    public void Dispose_WhenNotCompleted_ThenTheFileIsGone()
    {
        using (QuarantineWriter writer = Open("r1"))
        {
            writer.Append(0, Filled(0, 1));
        }

        Assert.Equal([".lock"], TemporaryHome.Names(Folder));
    }

    [Fact]
    public void Open_WhenAKilledRunLeftAPartialFile_ThenRemovesItButNotThatOfALiveRun()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "r0.csv.partial"), "half");
        using QuarantineWriter live = Open("r1");
        live.Append(0, Filled(0, 1));

        using QuarantineWriter next = Open("r2");

        Assert.Equal([".lock", "r1.csv.partial"], TemporaryHome.Names(Folder));
        Assert.NotNull(live.Complete());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Append_WhenThreadsHandInBlocksInAnyOrder_ThenTheBytesAreTheSame(int threads)
    {
        const int Blocks = 400;
        var expected = new StringBuilder(Header);
        for (int block = 0; block < Blocks; block++)
        {
            for (int row = 0; row < RowsOf(block); row++)
            {
                expected.Append(Line(block, row));
            }
        }

        using QuarantineWriter writer = Open($"r{threads}");
        int taken = -1;
        RunWorkers(threads, worker =>
        {
            var random = new Random(worker);
            var buffer = new QuarantineBuffer();
            int block;
            while ((block = Interlocked.Increment(ref taken)) < Blocks)
            {
                Fill(buffer, block, RowsOf(block));
                // Uneven work, so that blocks are finished out of order.
                Thread.SpinWait(random.Next(20_000));
                buffer = writer.Append(block, buffer);
                Assert.Equal(0, buffer.Rows);
            }
        });

        Assert.Equal(expected.ToString(), File.ReadAllText(writer.Complete()!));
    }

    [Fact]
    public void Append_WhenBlocksAreShuffledWithinReach_ThenTheBytesAreTheSame()
    {
        var random = new Random(5);
        using QuarantineWriter writer = Open("r1");
        var expected = new StringBuilder(Header);
        for (int start = 0; start < 800; start += QuarantineWriter.MostAhead)
        {
            int[] blocks = [.. Enumerable.Range(start, QuarantineWriter.MostAhead)];
            foreach (int block in blocks)
            {
                expected.Append(Line(block, 0));
            }

            random.Shuffle(blocks);
            foreach (int block in blocks)
            {
                writer.Append(block, Filled(block, 1));
            }
        }

        Assert.Equal(expected.ToString(), File.ReadAllText(writer.Complete()!));
    }

    [Fact]
    public async Task Fail_WhenOthersWaitForTheBlock_ThenTheyAreLetGo()
    {
        using QuarantineWriter writer = Open("r1");
        Task waiting = Task.Run(() => writer.Append(QuarantineWriter.MostAhead, Filled(1, 1)));
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(50)));

        writer.Fail(new InvalidDataException("block 0 cannot be read"));

        OperationCanceledException e = await Assert.ThrowsAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("block 0 cannot be read", e.InnerException!.Message);
        Assert.Throws<OperationCanceledException>(() => writer.Append(0, Filled(0, 1)));
        Assert.Throws<OperationCanceledException>(() => writer.Complete());
    }

    [Fact]
    public void Append_WhenTheDiskIsFull_ThenEveryWorkerIsTold()
    {
        string path = Path.Combine(Directory.CreateDirectory(Folder).FullName, "r1.csv");
        using var writer = new QuarantineWriter(path, () => new FullDisk());
        int taken = -1;
        int told = 0;
        RunWorkers(4, _ =>
        {
            var buffer = new QuarantineBuffer();
            for (int block; (block = Interlocked.Increment(ref taken)) < 1000;)
            {
                Fill(buffer, block, 100);
                try
                {
                    buffer = writer.Append(block, buffer);
                }
                catch (StoreException e)
                {
                    Assert.Equal(path, e.Path);
                    Assert.StartsWith($"no space left on {path}: the published gold is untouched", e.Message, StringComparison.Ordinal);
                    Interlocked.Increment(ref told);
                    return;
                }
            }
        });

        Assert.Equal(4, told);
        Assert.Throws<StoreException>(() => writer.Complete());
    }

    private static void RunWorkers(int threads, Action<int> work)
    {
        Task[] workers = [.. Enumerable.Range(0, threads).Select(worker =>
            Task.Factory.StartNew(() => work(worker), TaskCreationOptions.LongRunning))];
        Assert.True(Task.WaitAll(workers, TimeSpan.FromMinutes(1)), "workers wait for each other");
    }

    private static int RowsOf(int block) => block % 7;

    private static QuarantineBuffer Filled(int block, int rows)
    {
        var buffer = new QuarantineBuffer();
        Fill(buffer, block, rows);
        return buffer;
    }

    private static void Fill(QuarantineBuffer buffer, int block, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            byte[] value = Encoding.UTF8.GetBytes(block.ToString(CultureInfo.InvariantCulture));
            buffer.Add("in.csv"u8, row, block, "c"u8, FaultCode.NoMatch, value, ""u8, ""u8, "a,b"u8);
        }
    }

    private static string Line(int block, int row) => $"in.csv,{row},{block},c,no_match,{block},,,\"a,b\"\n";

    private QuarantineWriter Open(string runId) => QuarantineWriter.Open(_temporary.Home, "orders", runId);
}
