namespace Assay.Store.Tests.State;

public sealed class StateDatabaseTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    private AssayHome Home => _temporary.Home;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void LoadedFiles_WhenCommitted_ThenReadBackInReadingOrder()
    {
        using (StateDatabase state = StateDatabase.Open(Home))
        {
            Assert.Equal(1, state.NextBatch("shop"));
            state.Commit(Commits.Load(1, Commits.File('b'), Commits.File('a'), Commits.File('c', source: "people")));
            state.Commit(Commits.Load(2, Commits.File('9')));
        }

        using StateDatabase again = StateDatabase.Open(Home);
        Assert.Equal(["b.csv", "a.csv", "9.csv"], again.LoadedFiles("shop", "drops").Select(file => file.Name));
        Assert.Equal(4, again.LoadedFiles("shop").Count);
        Assert.Empty(again.LoadedFiles("other"));
        Assert.Equal(
            Commits.File('9') with { Batch = 2, RunId = "r2", LoadedAt = Commits.At.AddHours(2) },
            again.LoadedFiles("shop", "drops")[2]);
        Assert.Equal(3, again.NextBatch("shop"));
        Assert.Equal(1, again.NextBatch("other"));
        Assert.Equal(
            [new RunBatch(1, "r1", BatchKind.Load, Commits.At.AddHours(1)), new RunBatch(2, "r2", BatchKind.Load, Commits.At.AddHours(2))],
            again.Batches("shop"));
    }

    [Fact]
    public void Commit_WhenAFileWasLoadedBefore_ThenIsRefusedAsAWhole()
    {
        using StateDatabase state = StateDatabase.Open(Home);
        state.Commit(Commits.Load(1, Commits.File('a')));

        Assert.Throws<StoreException>(() => state.Commit(Commits.Load(2, Commits.File('b'), Commits.File('a'))));

        Assert.Equal(["a.csv"], state.LoadedFiles("shop").Select(file => file.Name));
        Assert.Equal(2, state.NextBatch("shop"));
    }

    [Fact]
    public void Commit_WhenAnotherRunTookTheBatch_ThenIsRefused()
    {
        using StateDatabase first = StateDatabase.Open(Home);
        using StateDatabase second = StateDatabase.Open(Home);
        long batch = second.NextBatch("shop");
        first.Commit(Commits.Load(1));

        StoreException e = Assert.Throws<StoreException>(() => second.Commit(Commits.Load(batch)));

        Assert.Equal("another run of `shop` committed batch 1 meanwhile; run again", e.Message);
        Assert.Equal(Home.StateFile, e.Path);
    }

    [Fact]
    public void Rules_WhenCommittedAgain_ThenTakeThePlaceOfThePipelinesOwn()
    {
        using StateDatabase state = StateDatabase.Open(Home);
        Assert.Empty(state.Rules("shop"));
        state.Commit(Commits.Load(1) with { Rules = [new("sales", "where", "1"), new("people", "key", "2")] });
        state.Commit(Commits.Load(1) with { Pipeline = "other", Rules = [new("sales", "where", "9")] });

        state.Commit(Commits.Load(2));
        Assert.Equal([new TableRule("people", "key", "2"), new TableRule("sales", "where", "1")], state.Rules("shop"));

        state.Commit(Commits.Load(3) with { Rules = [new("sales", "where", "3")] });
        Assert.Equal([new TableRule("sales", "where", "3")], state.Rules("shop"));
        Assert.Equal([new TableRule("sales", "where", "9")], state.Rules("other"));
    }

    [Fact]
    public void CumulativeBooks_WhenLaterRunsCorrectEarlierOnes_ThenNoRowCountsTwice()
    {
        using StateDatabase state = StateDatabase.Open(Home);
        state.Commit(Commits.Load(1) with { Books = [new("sales", new(100, 90, 7, 2, 1)), new("people", new(5, 5, 0, 0, 0))] });
        // 10 rows, 3 of which replace earlier ones by key.
        state.Commit(Commits.Load(2) with { Books = [new("sales", new(10, 10, 0, 0, 0)), new("sales", new(0, -3, 0, 3, 0), "r1")] });
        // 4 of the 7 quarantined rows are repaired, one of them badly.
        state.Commit(Commits.Load(3) with
        {
            Kind = BatchKind.Replay,
            Books = [new("sales", new(4, 3, 1, 0, 0)), new("sales", new(-4, 0, -4, 0, 0), "r1")],
        });

        Assert.Equal(new RunBooks(110, 100, 4, 5, 1), state.CumulativeBooks("shop", "sales"));
        Assert.Equal(new RunBooks(5, 5, 0, 0, 0), state.CumulativeBooks("shop", "people"));
        Assert.Equal(new RunBooks(0, 0, 0, 0, 0), state.CumulativeBooks("shop", "none"));
        Assert.Equal(
            [new BooksEntry("sales", new(96, 87, 3, 5, 1)), new BooksEntry("people", new(5, 5, 0, 0, 0))],
            state.BooksOf("shop", "r1"));
        Assert.Equal([new BooksEntry("sales", new(4, 3, 1, 0, 0))], state.BooksOf("shop", "r3"));
        Assert.Equal([BatchKind.Load, BatchKind.Load, BatchKind.Replay], state.Batches("shop").Select(batch => batch.Kind));
    }

    [Fact]
    public void Commit_WhenTheBooksDoNotBalance_ThenIsRefused()
    {
        using StateDatabase state = StateDatabase.Open(Home);

        Assert.Throws<ArgumentException>(() => state.Commit(Commits.Load(1) with { Books = [new("sales", new(10, 8, 1, 0, 0))] }));

        Assert.Equal(1, state.NextBatch("shop"));
    }

    [Fact]
    public void Commit_WhenItIsARefresh_ThenTakesThePlaceOfFilesAndBooks()
    {
        using StateDatabase state = StateDatabase.Open(Home);
        state.Commit(Commits.Load(1, Commits.File('a')) with { Books = [new("sales", new(10, 9, 1, 0, 0))] });
        state.Commit(Commits.Load(2, Commits.File('b')) with { Books = [new("sales", new(10, 10, 0, 0, 0))], Score = 99.5m });
        RunCommit other = Commits.Load(1, Commits.File('a')) with { Pipeline = "other", Books = [new("goods", new(1, 1, 0, 0, 0))] };
        state.Commit(other);

        state.Commit(Commits.Load(3, [.. state.LoadedFiles("shop")]) with
        {
            Kind = BatchKind.Refresh,
            Books = [new("sales", new(20, 20, 0, 0, 0))],
        });

        Assert.Equal([("a.csv", 3), ("b.csv", 3)], state.LoadedFiles("shop").Select(file => (file.Name, file.Batch)));
        Assert.Equal(Commits.At.AddHours(1), state.LoadedFiles("shop")[0].LoadedAt);
        Assert.Equal(new RunBooks(20, 20, 0, 0, 0), state.CumulativeBooks("shop", "sales"));
        Assert.Equal(new RunBooks(1, 1, 0, 0, 0), state.CumulativeBooks("other", "goods"));
        Assert.Single(state.LoadedFiles("other"));
        Assert.Equal(4, state.NextBatch("shop"));
        Assert.Equal([new QualityScore("r2", Commits.At.AddHours(2), 99.5m)], state.QualityHistory("shop"));
    }

    [Fact]
    public void CheckHistory_WhenRunsWereChecked_ThenTellsEachInOrder()
    {
        var broken = new CheckOutcome("sales", "few_rejects", CheckSeverity.Error, false, "0.12", "<= 0.05");
        var held = new CheckOutcome("sales", "fresh", CheckSeverity.Warn, true);
        using StateDatabase state = StateDatabase.Open(Home);
        state.RecordChecks("shop", "r0", Commits.At, [broken, held], 88m);
        state.Commit(Commits.Load(1) with { Checks = [broken with { Holds = true, Observed = "0.01" }], Score = 99m });

        Assert.Equal(
            [new CheckEntry("r0", Commits.At, broken), new CheckEntry("r1", Commits.At.AddHours(1), broken with { Holds = true, Observed = "0.01" })],
            state.CheckHistory("shop", "few_rejects"));
        Assert.Equal([broken, held], state.CheckHistory("shop").Where(entry => entry.RunId == "r0").Select(entry => entry.Outcome));
        Assert.Empty(state.CheckHistory("other"));
        Assert.Equal([88m, 99m], state.QualityHistory("shop").Select(score => score.Score));
        Assert.Equal(2, state.NextBatch("shop"));
    }

    [Fact]
    public void Claim_WhenAnotherPipelineHasTheName_ThenSaysWhose()
    {
        using StateDatabase state = StateDatabase.Open(Home);
        state.Claim("shop", [new(OwnedKind.Silver, "sales"), new(OwnedKind.Bronze, "drops")]);
        state.Claim("shop", [new(OwnedKind.Silver, "sales")]);

        StoreException e = Assert.Throws<StoreException>(
            () => state.Claim("copy", [new(OwnedKind.Silver, "mine"), new(OwnedKind.Silver, "sales")]));
        Assert.Equal(
            "silver/sales belongs to the pipeline `shop`, so `copy` cannot write it; give the table another name, or set ASSAY_HOME to a folder of its own",
            e.Message);
        Assert.Throws<StoreException>(() => state.Claim("copy", [new(OwnedKind.Bronze, "drops")]));
        // Nothing of a refused claim stays, and a table may be called as a source is.
        state.Claim("third", [new(OwnedKind.Silver, "mine"), new(OwnedKind.Silver, "drops")]);
    }

    [Fact]
    public void RequireFree_WhenAnotherPipelineHasTheName_ThenSaysTheSameAndClaimsNothing()
    {
        using StateDatabase state = StateDatabase.Open(Home);
        state.Claim("shop", [new(OwnedKind.Silver, "sales")]);

        state.RequireFree("shop", [new(OwnedKind.Silver, "sales")]);
        state.RequireFree("copy", [new(OwnedKind.Silver, "mine")]);
        StoreException free = Assert.Throws<StoreException>(() => state.RequireFree("copy", [new(OwnedKind.Silver, "sales")]));

        Assert.Equal(Assert.Throws<StoreException>(() => state.Claim("copy", [new(OwnedKind.Silver, "sales")])).Message, free.Message);
        state.Claim("third", [new(OwnedKind.Silver, "mine")]);
    }
}
