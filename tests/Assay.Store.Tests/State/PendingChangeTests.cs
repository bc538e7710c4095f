using Assay.Data;

namespace Assay.Store.Tests.State;

/// <summary>A run that dies between its commit and its last rename is rolled forward by whoever opens the state next.</summary>
public sealed class PendingChangeTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    private AssayHome Home => _temporary.Home;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void ApplyPending_WhenCommitted_ThenRenamesAndRemoves()
    {
        Write("silver/sales/.staged/a.parquet", "new");
        Write("silver/sales/month=1/a.parquet", "old");
        Write("silver/sales/month=2/a.parquet", "gone");
        using StateDatabase state = StateDatabase.Open(Home);
        state.Commit(Commits.Load(1) with { Changes = Changes });

        Assert.True(state.HasPending);
        Assert.Equal("old", Read("silver/sales/month=1/a.parquet"));
        state.ApplyPending();

        Assert.False(state.HasPending);
        Assert.Equal("new", Read("silver/sales/month=1/a.parquet"));
        Assert.False(Directory.Exists(At("silver/sales/month=2")));
        state.ApplyPending();
        Assert.Equal("new", Read("silver/sales/month=1/a.parquet"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Open_WhenARunDiedAfterItsCommit_ThenFinishesItsChanges(int done)
    {
        Write("silver/sales/.staged/a.parquet", "new");
        Write("silver/sales/month=1/a.parquet", "old");
        Write("silver/sales/month=2/a.parquet", "gone");
        using (StateDatabase state = StateDatabase.Open(Home))
        {
            state.Commit(Commits.Load(1) with { Changes = Changes });
        }

        if (done > 0)
        {
            File.Move(At("silver/sales/.staged/a.parquet"), At("silver/sales/month=1/a.parquet"), overwrite: true);
        }

        if (done > 1)
        {
            Directory.Delete(At("silver/sales/month=2"), recursive: true);
        }

        StateDatabase.Open(Home).Dispose();

        Assert.Equal("new", Read("silver/sales/month=1/a.parquet"));
        Assert.False(File.Exists(At("silver/sales/.staged/a.parquet")));
        Assert.False(Directory.Exists(At("silver/sales/month=2")));
        using StateDatabase again = StateDatabase.Open(Home);
        Assert.False(again.HasPending);
        Assert.Equal(2, again.NextBatch("shop"));
    }

    [Fact]
    public void Open_WhenARunDiedAfterItsCommit_ThenSilverIsWhatTheRunMadeOfIt()
    {
        var table = new SilverTable("t", new Schema([new("id", ColumnType.Integer), new("day", ColumnType.Date)]))
        {
            Key = ["id"],
            PartitionColumn = "day",
            Grain = SilverGrain.Day,
        };
        Silver.SilverRows.Load(Home, table, [[1L, 1L], [2L, 2L]]);
        SilverChange change = Silver.SilverRows.Stage(Home, table, [[1L, 2L], [3L, 3L]]);
        using (StateDatabase state = StateDatabase.Open(Home))
        {
            state.Commit(Commits.Load(1) with { Changes = PendingChange.Of(change) });
        }

        StateDatabase.Open(Home).Dispose();

        Assert.Equal(change.Applied.Files, SilverSnapshot.Current(Home, "t").Files);
        Assert.Equal(["1|2", "2|2", "3|3"], Silver.SilverRows.Read(Home, SilverSnapshot.Current(Home, "t"), table.Schema));
        Assert.Equal(["day=1970-01-03", "day=1970-01-04"], TemporaryHome.Names(Home.Silver("t")));
    }

    [Fact]
    public void Open_WhenAStagedFileIsLost_ThenSaysSoUntilSilverIsRebuilt()
    {
        Write("silver/sales/.staged/a.parquet", "new");
        using (StateDatabase state = StateDatabase.Open(Home))
        {
            state.Commit(Commits.Load(1) with { Changes = [PendingChange.Move("silver/sales/.staged/a.parquet", "silver/sales/a.parquet")] });
        }

        Directory.Delete(At("silver"), recursive: true);

        StoreException e = Assert.Throws<StoreException>(() => StateDatabase.Open(Home));
        Assert.Equal(
            $"{At("silver/sales/a.parquet")} cannot be published: {At("silver/sales/.staged/a.parquet")} is gone; run again with --full-refresh",
            e.Message);
        using StateDatabase rebuilding = StateDatabase.Open(Home, isRebuilding: true);
        Assert.False(rebuilding.HasPending);
    }

    [Fact]
    public void Commit_WhenAStagedFileIsMissing_ThenIsRefused()
    {
        using StateDatabase state = StateDatabase.Open(Home);

        StoreException e = Assert.Throws<StoreException>(
            () => state.Commit(Commits.Load(1) with { Changes = [PendingChange.Move("silver/x", "silver/y")] }));

        Assert.Equal($"{At("silver/x")} was removed while the run was under way; run again", e.Message);

        Assert.Equal(1, state.NextBatch("shop"));
    }

    [Fact]
    public void OpenToRead_WhenARunDiedAfterItsCommit_ThenLeavesEverythingAsItIs()
    {
        Write("silver/sales/.staged/a.parquet", "new");
        using (StateDatabase state = StateDatabase.Open(Home))
        {
            state.Commit(Commits.Load(1, Commits.File('a')) with { Changes = [PendingChange.Move("silver/sales/.staged/a.parquet", "silver/sales/a.parquet")] });
        }

        string[] before = TemporaryHome.Names(Home.Root);
        using (StateDatabase? reading = StateDatabase.OpenToRead(Home))
        {
            Assert.True(reading!.HasPending);
            Assert.Single(reading.LoadedFiles("shop"));
            Assert.Throws<StoreException>(() => reading.Commit(Commits.Load(2)));
        }

        Assert.True(File.Exists(At("silver/sales/.staged/a.parquet")));
        Assert.Equal(before, TemporaryHome.Names(Home.Root));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("silver/../../x")]
    [InlineData("silver//x")]
    [InlineData("silver\\x")]
    public void Change_WhenItLeadsOutOfTheHome_ThenIsRefused(string path)
    {
        Assert.Throws<ArgumentException>(() => PendingChange.Remove(path));
        Assert.Throws<ArgumentException>(() => PendingChange.Move("silver/x", path));
    }

    private static PendingChange[] Changes =>
    [
        PendingChange.Move("silver/sales/.staged/a.parquet", "silver/sales/month=1/a.parquet"),
        PendingChange.Remove("silver/sales/month=2/a.parquet"),
    ];

    private string At(string path) => Path.Combine(Home.Root, path);

    private string Read(string path) => File.ReadAllText(At(path));

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }
}
