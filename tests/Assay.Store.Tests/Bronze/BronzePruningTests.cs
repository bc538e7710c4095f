namespace Assay.Store.Tests.Bronze;

public sealed class BronzePruningTests : IDisposable
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);
    private readonly TemporaryHome _temporary = new();
    private readonly StateDatabase _state;
    private readonly BronzeStore _bronze;
    private readonly LandedFile _first;
    private readonly LandedFile _second;
    private readonly LandedFile _orphan;

    public BronzePruningTests()
    {
        _state = StateDatabase.Open(Home);
        _bronze = new BronzeStore(Home);
        var seen = new SeenFiles([]);
        _first = Land("first", 1, seen);
        _second = Land("second", 2, seen);
        _orphan = Land("orphan", 3, seen);
        _state.Commit(State.Commits.Load(1, _first.Loaded(1)));
        _state.Commit(State.Commits.Load(2, _second.Loaded(1) with { LoadedAt = State.Commits.At.AddDays(60) }));
        foreach (LandedFile file in new[] { _first, _second, _orphan })
        {
            Directory.CreateDirectory(file.Path + ".records");
            File.WriteAllText(Path.Combine(file.Path + ".records", "part-000000.parquet"), "12345");
            File.SetLastWriteTimeUtc(file.Path!, State.Commits.At.UtcDateTime);
        }
    }

    private AssayHome Home => _temporary.Home;

    public void Dispose()
    {
        _state.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public void Prune_WhenARunMayStillCommit_ThenLeavesItsFiles()
    {
        Assert.Equal(new PrunedBronze(0, 0, 0, 0), Prune(State.Commits.At.AddHours(23)));
        Assert.True(File.Exists(_orphan.Path));
    }

    [Fact]
    public void Prune_WhenAFileWasNeverCommitted_ThenRemovesItAfterADay()
    {
        long manifest = new FileInfo(_orphan.Path + ".manifest.json").Length;

        Assert.Equal(new PrunedBronze(1, 0, 0, 5 + 6 + manifest), Prune(State.Commits.At.AddHours(25)));

        Assert.False(Path.Exists(_orphan.Path));
        Assert.False(Path.Exists(_orphan.Path + ".records"));
        Assert.False(Path.Exists(_orphan.Path + ".manifest.json"));
        Assert.Equal(["2026-03-01", "2026-03-02"], TemporaryHome.Names(Home.Bronze("drops")));
    }

    [Fact]
    public void Prune_WhenTheRetentionIsPast_ThenRemovesRecordsButNoRawFile()
    {
        PrunedBronze pruned = Prune(State.Commits.At.AddDays(100));

        Assert.Equal((1, 1, 0), (pruned.Orphans, pruned.Records, pruned.Spent));
        Assert.False(RecordsReader.Exists(_first.Path!));
        Assert.True(RecordsReader.Exists(_second.Path!));
        Assert.Equal([_first.Path, _second.Path], _bronze.Restore(_state.LoadedFiles("shop", "drops")).Select(file => file.Path));
        Assert.Equal((0, 0, 0), (Prune(State.Commits.At.AddDays(100)).Orphans, Prune(State.Commits.At.AddDays(100)).Records, 0));
    }

    [Fact]
    public void Prune_WhenNothingInSilverComesFromAFile_ThenRemovesItPastTheRetention()
    {
        PrunedBronze early = Prune(State.Commits.At.AddDays(89), _ => true);
        Assert.Equal((1, 0, 0), (early.Orphans, early.Records, early.Spent));

        PrunedBronze pruned = Prune(State.Commits.At.AddDays(100), file => file.Name == "first");

        Assert.Equal((0, 1, 1), (pruned.Orphans, pruned.Records, pruned.Spent));
        Assert.False(Path.Exists(_first.Path));
        IReadOnlyList<LoadedFile> files = _state.LoadedFiles("shop", "drops");
        Assert.Equal([null, _second.BronzePath], files.Select(file => file.BronzePath));
        Assert.Equal([_second.Path], _bronze.Restore(files).Select(file => file.Path));
        // It stays known, so that the same file is not loaded again.
        Assert.True(new SeenFiles(files).Has(_first.Sha256));
    }

    private PrunedBronze Prune(DateTimeOffset now, Func<LoadedFile, bool>? isSpent = null) =>
        _bronze.Prune(_state, "shop", "drops", Retention, now, isSpent);

    private LandedFile Land(string text, int batch, SeenFiles seen)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return _bronze.Land(
            BronzeInput.OfStream("drops", stream, text), BronzeStoreTests.Batch(batch) with { Day = new DateOnly(2026, 3, batch) }, seen);
    }
}
