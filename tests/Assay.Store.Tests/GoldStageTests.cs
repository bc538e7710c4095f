using System.Diagnostics;
using System.Text;

namespace Assay.Store.Tests;

public sealed class GoldStageTests : IDisposable
{
    private const string Pipeline = "shop";
    private readonly TemporaryHome _temporary = new();

    private AssayHome Home => _temporary.Home;

    private string Gold => Home.Gold(Pipeline);

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Publish_WhenFilesWereWritten_ThenCurrentLeadsToThemAndNothingElseIsThere()
    {
        Assert.Null(Home.CurrentGold(Pipeline));
        using (GoldStage stage = GoldStage.Begin(Home, Pipeline, "r1"))
        {
            stage.Write("a.csv", s => s.Write("a"u8));
            stage.Write("charts/a.svg", s => s.Write("b"u8));
            Assert.Null(Home.CurrentGold(Pipeline));

            PublishedGold published = stage.Publish();

            Assert.Equal(Path.Combine(Gold, "r1"), published.Folder);
            Assert.Equal(published.Folder, stage.Folder);
            Assert.Empty(published.Leftovers);
        }

        Assert.Equal(Path.Combine(Gold, "r1"), Home.CurrentGold(Pipeline));
        Assert.Equal("r1", new DirectoryInfo(Path.Combine(Gold, "current")).LinkTarget);
        Assert.Equal("a", File.ReadAllText(Path.Combine(Gold, "current", "a.csv")));
        Assert.Equal("b", File.ReadAllText(Path.Combine(Gold, "current", "charts", "a.svg")));
        Assert.Equal([".lock", "current", "r1"], TemporaryHome.Names(Gold));
    }

    [Fact]
    public void Dispose_WhenNotPublished_ThenTheOldGoldStaysAndTheStageIsGone()
    {
        PublishRun("r1");
        using (GoldStage stage = GoldStage.Begin(Home, Pipeline, "r2"))
        {
            stage.Write("a.csv", s => s.Write("new"u8));
        }

        Assert.Equal("r1", ReadCurrent());
        Assert.Equal([".lock", "current", "r1"], TemporaryHome.Names(Gold));
    }

    [Fact]
    public void Publish_WhenTheLinkCannotMove_ThenFailsAndTheStageIsGone()
    {
        // A folder of that name is not Assay's to replace.
        Directory.CreateDirectory(Path.Combine(Gold, "current", "mine"));
        using (GoldStage stage = GoldStage.Begin(Home, Pipeline, "r1"))
        {
            stage.Write("a.csv", s => s.Write("a"u8));
            StoreException e = Assert.Throws<StoreException>(() => stage.Publish());
            Assert.Equal(Path.Combine(Gold, "r1"), e.Path);
        }

        Assert.Equal([".lock", "current"], TemporaryHome.Names(Gold));
        Assert.Equal(["mine"], TemporaryHome.Names(Path.Combine(Gold, "current")));
    }

    [Fact]
    public void Begin_WhenAKilledRunLeftItsStage_ThenRemovesItButNotThatOfALiveRun()
    {
        PublishRun("r1");
        // What kill -9 leaves: the files are there, and nobody holds the lock.
        Directory.CreateDirectory(Path.Combine(Gold, ".staging-r2"));
        File.WriteAllText(Path.Combine(Gold, ".staging-r2", "a.csv"), "half");
        File.WriteAllText(Path.Combine(Gold, ".staging-r2.lock"), "");
        File.WriteAllText(Path.Combine(Gold, ".staging-r3.lock"), "");
        Directory.CreateDirectory(Path.Combine(Gold, ".pruned-r0"));
        using GoldStage live = GoldStage.Begin(Home, Pipeline, "r4");
        using GoldStage next = GoldStage.Begin(Home, Pipeline, "r5");

        Assert.Equal(
            [".lock", ".staging-r4", ".staging-r4.lock", ".staging-r5", ".staging-r5.lock", "current", "r1"],
            TemporaryHome.Names(Gold));
        Assert.Equal("r1", ReadCurrent());
    }

    [Fact]
    public void Begin_WhenAnotherProcessHoldsAStage_ThenLeavesItUntilThatProcessIsKilled()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Directory.CreateDirectory(Path.Combine(Gold, ".staging-r1"));
        string lockPath = Path.Combine(Gold, ".staging-r1.lock");
        using Process holder = Process.Start(new ProcessStartInfo("flock", ["-o", lockPath, "sh", "-c", "echo held; exec sleep 600"])
        {
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", holder.StandardOutput.ReadLine());

        using (GoldStage.Begin(Home, Pipeline, "r2"))
        {
            Assert.Contains(".staging-r1", TemporaryHome.Names(Gold));
        }

        holder.Kill(entireProcessTree: true);
        holder.WaitForExit();
        using (GoldStage.Begin(Home, Pipeline, "r3"))
        {
            Assert.Equal([".lock", ".staging-r3", ".staging-r3.lock"], TemporaryHome.Names(Gold));
        }
    }

    [Fact]
    public void Begin_WhenTheRunHasAStageOrGold_ThenIsRefused()
    {
        PublishRun("r1");
        Assert.Throws<StoreException>(() => GoldStage.Begin(Home, Pipeline, "r1"));
        using GoldStage stage = GoldStage.Begin(Home, Pipeline, "r2");
        Assert.Throws<StoreException>(() => GoldStage.Begin(Home, Pipeline, "r2"));
    }

    [Fact]
    public void Publish_WhenThereAreOlderRuns_ThenKeepsTheNewestAndTheCurrentOne()
    {
        for (int i = 1; i <= 7; i++)
        {
            PublishRun($"r{i}");
        }

        Assert.Equal([".lock", "current", "r3", "r4", "r5", "r6", "r7"], TemporaryHome.Names(Gold));

        // A run that began earlier and published last is current, however old its id is.
        PublishRun("r0", keep: 2);
        Assert.Equal([".lock", "current", "r0", "r7"], TemporaryHome.Names(Gold));
        Assert.Equal("r0", ReadCurrent());
        PublishRun("r8", keep: 1);
        Assert.Equal([".lock", "current", "r8"], TemporaryHome.Names(Gold));
    }

    [Fact]
    public void Write_WhenAFileIsWrittenTwiceOrAfterPublication_ThenIsRefused()
    {
        using GoldStage stage = GoldStage.Begin(Home, Pipeline, "r1");
        stage.Write("a.csv", s => s.Write("1"u8));
        StoreException e = Assert.Throws<StoreException>(() => stage.Write("a.csv", s => s.Write("2"u8)));
        Assert.Equal(Path.Combine(stage.Folder, "a.csv"), e.Path);
        stage.Publish();

        Assert.Throws<ObjectDisposedException>(() => stage.Write("b.csv", s => s.Write("3"u8)));
        Assert.Throws<ObjectDisposedException>(() => stage.Publish());
        Assert.Equal("1", File.ReadAllText(Path.Combine(Gold, "current", "a.csv")));
    }

    [Fact]
    public async Task Publish_WhenReadersReadAllTheTime_ThenEachReadsTheFilesOfOneRun()
    {
        const int Runs = 50;
        string[] names = ["a.csv", "b.csv", "c.csv"];
        PublishRun("r00", names, keep: Runs + 1);
        using var done = new CancellationTokenSource();
        Task<int>[] readers = [.. Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadUntil(names, done.Token)))];

        for (int i = 1; i <= Runs; i++)
        {
            PublishRun($"r{i:00}", names, keep: Runs + 1);
        }

        await done.CancelAsync();
        int[] reads = await Task.WhenAll(readers);
        Assert.All(reads, count => Assert.True(count > 0));
        Assert.Equal($"r{Runs}", ReadCurrent());
    }

    [Fact]
    public async Task Publish_WhenSeveralRunsDoItAtOnce_ThenAllAreWholeAndOneIsCurrent()
    {
        string[] names = ["a.csv", "b.csv", "c.csv"];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                PublishRun($"r{i}-{worker}", names, keep: 100);
            }
        })));

        string[] entries = TemporaryHome.Names(Gold);
        Assert.Equal(42, entries.Length);
        string[] runs = [.. entries.Where(e => e[0] == 'r')];
        Assert.Equal(40, runs.Length);
        Assert.All(runs, run => Assert.All(names, name => Assert.Equal(run, File.ReadAllText(Path.Combine(Gold, run, name)))));
        Assert.Contains(ReadCurrent(), runs.Where(r => r.StartsWith("r9", StringComparison.Ordinal)));
    }

    private int ReadUntil(string[] names, CancellationToken done)
    {
        int reads = 0;
        do
        {
            string folder = Home.CurrentGold(Pipeline)!;
            string run = Path.GetFileName(folder);
            foreach (string name in names)
            {
                Assert.Equal(run, File.ReadAllText(Path.Combine(folder, name)));
                // Also straight through the link there is a whole file at any moment.
                Assert.StartsWith("r", File.ReadAllText(Path.Combine(Gold, "current", name)), StringComparison.Ordinal);
            }

            reads++;
        }
        while (!done.IsCancellationRequested);
        return reads;
    }

    private void PublishRun(string run, string[]? names = null, int keep = GoldStage.DefaultKeep)
    {
        using GoldStage stage = GoldStage.Begin(Home, Pipeline, run);
        foreach (string name in names ?? ["a.csv"])
        {
            stage.Write(name, s => s.Write(Encoding.UTF8.GetBytes(run)));
        }

        Assert.Empty(stage.Publish(keep).Leftovers);
    }

    private string ReadCurrent() => File.ReadAllText(Path.Combine(Home.CurrentGold(Pipeline)!, "a.csv"));
}
