using Assay.Data;
using static Assay.Store.Tests.Silver.SilverRows;

namespace Assay.Store.Tests.Silver;

public class SilverMergeTests
{
    private static readonly Schema Sales = new(
        [new("id", ColumnType.String), new("at", ColumnType.Timestamp), new("amount", ColumnType.Decimal(14, 2))]);

    private static readonly SilverTable ByMonth =
        new("sold", Sales) { Key = ["id"], PartitionColumn = "at", Grain = SilverGrain.Month };

    private static readonly object?[][] First =
    [
        ["a", Micros("2025-10-01"), 100L],
        ["b", Micros("2025-10-31T23:59:59.999999"), 200L],
        ["c", Micros("2025-11-01"), 300L],
        ["d", null, 400L],
    ];

    [Fact]
    public void Merge_WhenTheTableIsNew_ThenEachMonthIsAFileInTheOrderOfTheKey()
    {
        using var temporary = new TemporaryHome();

        SilverChange change = Load(temporary.Home, ByMonth, First.Reverse());

        Assert.Equal(
            ["silver/sold/month=2025-10/data.parquet", "silver/sold/month=2025-11/data.parquet", "silver/sold/month=none/data.parquet"],
            change.Applied.Files);
        Assert.Equal(change.Applied.Files, SilverSnapshot.Current(temporary.Home, "sold").Files);
        Assert.Equal((4, 0, 0, 0, 4), Counts(change));
        Assert.Equal(
            "a 2025-10-01 00:00:00 1.00;b 2025-10-31 23:59:59.999999 2.00",
            Ask($"SELECT string_agg(concat_ws(' ', id, \"at\", amount), ';') FROM '{temporary.Home.Root}/silver/sold/month=2025-10/*.parquet'"));
    }

    [Fact]
    public void Merge_WhenNothingWasApplied_ThenNothingIsToBeSeen()
    {
        using var temporary = new TemporaryHome();

        SilverChange change = Stage(temporary.Home, ByMonth, First);

        Assert.Empty(SilverSnapshot.Current(temporary.Home, "sold").Files);
        Assert.All(change.Renames, r => Assert.EndsWith("/.data.parquet.r1.new", r.From, StringComparison.Ordinal));
        Assert.Equal(First.Select(Line).Order(StringComparer.Ordinal), Read(temporary.Home, change.Staged, Sales));
        Assert.Equal([], TemporaryHome.Names(Path.Combine(temporary.Home.Root, ".tmp")));

        SilverFiles.Discard(temporary.Home, change);
        Assert.Equal([], TemporaryHome.Names(temporary.Home.Silver("sold")));
    }

    [Fact]
    public void Merge_WhenRowsComeAgain_ThenOnlyTheirPartitionsAreWritten()
    {
        using var temporary = new TemporaryHome();
        Load(temporary.Home, ByMonth, First);

        SilverChange change = Load(temporary.Home, ByMonth,
        [
            ["b", Micros("2025-10-30"), 250L],
            ["c", Micros("2025-11-01"), 300L],
            ["e", Micros("2025-10-02"), null],
        ]);

        Assert.Equal([new SilverRename("silver/sold/month=2025-10/.data.parquet.r1.new", "silver/sold/month=2025-10/data.parquet")], change.Renames);
        Assert.Equal((1, 1, 1, 0, 5), Counts(change));
        Assert.Equal(
            [
                Line(First[0]), Line(["b", Micros("2025-10-30"), 250L]), Line(First[2]), Line(First[3]), Line(["e", Micros("2025-10-02"), null]),
            ],
            Read(temporary.Home, change.Applied, Sales));
    }

    [Fact]
    public void Merge_WhenARowMovesToAnotherMonth_ThenTheOldOneLosesIt()
    {
        using var temporary = new TemporaryHome();
        Load(temporary.Home, ByMonth, First);

        SilverChange change = Load(temporary.Home, ByMonth, [["c", Micros("2025-10-05"), 300L], ["a", null, 100L]]);

        Assert.Equal(["silver/sold/month=2025-11/data.parquet"], change.Removals);
        Assert.Equal((0, 2, 0, 0, 4), Counts(change));
        Assert.Equal(["silver/sold/month=2025-10/data.parquet", "silver/sold/month=none/data.parquet"], change.Applied.Files);
        Assert.Equal(["month=2025-10", "month=none"], TemporaryHome.Names(temporary.Home.Silver("sold")));
        Assert.Equal(["a|∅|100", "d|∅|400"], Read(temporary.Home, new("sold", ["silver/sold/month=none/data.parquet"]), Sales));
    }

    [Fact]
    public void Merge_WhenTheSameLoadComesTwice_ThenNothingIsWritten()
    {
        using var temporary = new TemporaryHome();
        Load(temporary.Home, ByMonth, First);

        SilverChange change = Load(temporary.Home, ByMonth, First);

        Assert.Empty(change.Renames);
        Assert.Empty(change.Removals);
        Assert.Equal((0, 0, 4, 0, 4), Counts(change));
        Assert.Equal(3, change.Applied.Files.Count);
    }

    [Fact]
    public void Merge_WhenTheLoadIsEmpty_ThenTheTableStays()
    {
        using var temporary = new TemporaryHome();
        Assert.Equal((0, 0, 0, 0, 0), Counts(Load(temporary.Home, ByMonth, [], sinks: 0)));
        Load(temporary.Home, ByMonth, First);

        Assert.Equal((0, 0, 0, 0, 4), Counts(Load(temporary.Home, ByMonth, [])));
        SilverChange emptied = Load(temporary.Home, ByMonth, [], replaceAll: true);
        Assert.Equal(3, emptied.Removals.Count);
        Assert.Equal([], TemporaryHome.Names(temporary.Home.Silver("sold")));
    }

    [Fact]
    public void Merge_WhenRowsAreDropped_ThenTheyNeverWere()
    {
        using var temporary = new TemporaryHome();

        SilverChange change = Stage(temporary.Home, ByMonth, First, dropped: [2, 3, 99]);

        Assert.Equal((2, 0, 0, 0, 2), Counts(change));
        Assert.Equal([Line(First[0]), Line(First[3])], Read(temporary.Home, change.Staged, Sales));
    }

    [Fact]
    public void Merge_WhenAllIsReplaced_ThenPartitionsThatVanishedGo()
    {
        using var temporary = new TemporaryHome();
        Load(temporary.Home, ByMonth, First);

        SilverChange change = Load(temporary.Home, ByMonth, [First[0]], replaceAll: true);

        Assert.Equal(["silver/sold/month=2025-11/data.parquet", "silver/sold/month=none/data.parquet"], change.Removals);
        Assert.Equal((1, 0, 0, 0, 1), Counts(change));
        Assert.Equal([Line(First[0])], Read(temporary.Home, SilverSnapshot.Current(temporary.Home, "sold"), Sales));
    }

    [Theory]
    [InlineData(5L, 9L, false)]
    [InlineData(9L, 9L, false)]
    [InlineData(9L, 5L, true)]
    [InlineData(9L, null, true)]
    [InlineData(null, 5L, false)]
    [InlineData(null, null, false)]
    public void Merge_WhenAColumnTellsTheNewest_ThenTheGreaterStays(object? existing, object? incoming, bool stays)
    {
        using var temporary = new TemporaryHome();
        var schema = new Schema([new("id", ColumnType.Integer), new("version", ColumnType.Integer), new("text", ColumnType.String)]);
        var table = new SilverTable("t", schema) { Key = ["id"], Newest = "version" };
        Load(temporary.Home, table, [[1L, existing, "old"]]);

        SilverChange change = Load(temporary.Home, table, [[1L, incoming, "new"]]);

        Assert.Equal(stays ? (0, 0, 0, 1, 1) : (0, 1, 0, 0, 1), Counts(change));
        Assert.Equal([stays ? Line([1L, existing, "old"]) : Line([1L, incoming, "new"])], Read(temporary.Home, change.Applied, schema));
        Assert.Equal(["silver/t/data.parquet"], change.Applied.Files);
    }

    [Fact]
    public void Merge_WhenThereIsNoKey_ThenRowsAreOnlyAdded()
    {
        using var temporary = new TemporaryHome();
        SilverTable table = ByMonth with { Key = [] };
        Load(temporary.Home, table, First);

        SilverChange change = Load(temporary.Home, table, First);

        Assert.Equal((4, 0, 0, 0, 8), Counts(change));
        Assert.Equal(First.Concat(First).Select(Line).Order(StringComparer.Ordinal), Read(temporary.Home, change.Applied, Sales));
    }

    [Fact]
    public void Merge_WhenAKeyHoldsNull_ThenNullIsAValueLikeAnother()
    {
        using var temporary = new TemporaryHome();
        var schema = new Schema([new("a", ColumnType.String), new("b", ColumnType.Integer), new("n", ColumnType.Integer)]);
        var table = new SilverTable("t", schema) { Key = ["a", "b"] };
        Load(temporary.Home, table, [["x", null, 1L], [null, null, 2L], ["x", 1L, 3L]]);

        SilverChange change = Load(temporary.Home, table, [["x", null, 10L], [null, null, 20L], ["y", null, 30L]]);

        Assert.Equal((1, 2, 0, 0, 4), Counts(change));
        Assert.Equal(["x|1|3", "x|∅|10", "y|∅|30", "∅|∅|20"], Read(temporary.Home, change.Applied, schema));
    }

    [Fact]
    public void Merge_WhenValuesAreExtreme_ThenTheyComeBackAsTheyWere()
    {
        using var temporary = new TemporaryHome();
        var schema = new Schema(
        [
            new("text", ColumnType.String), new("whole", ColumnType.Integer), new("wide", ColumnType.Decimal(38, 30)),
            new("small", ColumnType.Decimal(3, 3)), new("truth", ColumnType.Boolean), new("day", ColumnType.Date),
        ]);
        var table = new SilverTable("t \"'é", schema) { Key = ["text"], PartitionColumn = "day", Grain = SilverGrain.Day };
        Int128 most = Int128.Parse(new string('9', 38));
        object?[][] rows =
        [
            ["", long.MinValue, most, 999L, 1L, Days("0001-01-01")],
            ["ગુજરાત 😀 \0 x", long.MaxValue, -most, -999L, 0L, Days("9999-12-31")],
            ["'\";--", null, null, null, null, Days("1969-12-31")],
        ];

        Load(temporary.Home, table, rows);
        SilverChange again = Load(temporary.Home, table, rows);

        Assert.Equal((0, 0, 3, 0, 3), Counts(again));
        Assert.Equal(
            ["silver/t \"'é/day=0001-01-01/data.parquet", "silver/t \"'é/day=1969-12-31/data.parquet", "silver/t \"'é/day=9999-12-31/data.parquet"],
            again.Applied.Files);
        Assert.Equal(rows.Select(Line).Order(StringComparer.Ordinal), Read(temporary.Home, again.Applied, schema));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Merge_WhenThreadsOrderAndBatchesDiffer_ThenTheBytesAreTheSame(bool keyed)
    {
        using var one = new TemporaryHome();
        using var two = new TemporaryHome();
        SilverTable table = new("sold", Sales) { Key = keyed ? ["id"] : [] };
        object?[][] rows = [.. Enumerable.Range(0, 260_000).Select(i => new object?[]
        {
            $"number {i * 7919L % 260_000 / (keyed ? 1 : 3)}", Micros("2025-10-01") + (i * 31L % 1000 * 1_000_000), i % 7 == 0 ? null : i * 37L % 5000,
        })];

        Load(one.Home, table, rows, threads: 1, sinks: 1, batch: 2000);
        Load(two.Home, table, rows.Reverse().Take(100_000), threads: 4, sinks: 3, batch: 3000);
        Load(two.Home, table, rows.Take(160_000), threads: 4, sinks: 3, batch: 1500);

        Assert.Equal(Fingerprints(one.Home, "sold"), Fingerprints(two.Home, "sold"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Merge_WhenRowsOutgrowTheirMemory_ThenTheFilesAreTheSameBytes(bool hasKey)
    {
        using var small = new TemporaryHome();
        using var large = new TemporaryHome();
        var table = new SilverTable("sold", new Schema([
            new("id", ColumnType.String), new("at", ColumnType.Timestamp), new("day", ColumnType.Date), new("count", ColumnType.Integer),
            new("paid", ColumnType.Boolean), new("sum", ColumnType.Decimal(38, 2)), new("rate", ColumnType.Decimal(4, 1))]))
        {
            Key = hasKey ? ["id", "count"] : [],
            PartitionColumn = "at",
        };
        object?[][] rows =
        [
            .. Enumerable.Range(0, 9000).Select(i => new object?[]
            {
                i % 11 == 0 ? null : $"ä{i * 7919 % 1000}",
                i % 7 == 0 ? null : Micros("2025-01-01") + (i * 600_000_000L),
                i % 5 == 0 ? null : (long)(i % 90),
                (long)i,
                i % 3 == 0 ? null : (long)(i % 2),
                i % 13 == 0 ? null : (Int128)i * long.MaxValue,
                i % 4 == 0 ? null : (long)(i % 1999) - 999,
            }),
        ];

        SilverChange one = Stage(small.Home, table, rows, batch: 500, dropped: [2, 8999], room: 0, spill: 0);
        SilverChange other = Stage(large.Home, table, rows.Reverse(), batch: 700, dropped: [2, 8999], sinks: 3);
        SilverFiles.Apply(small.Home, one.Renames, one.Removals);
        SilverFiles.Apply(large.Home, other.Renames, other.Removals);
        SilverChange again = Stage(large.Home, table, rows, replaceAll: true, batch: 500, dropped: [2, 8999]);
        SilverFiles.Apply(large.Home, again.Renames, again.Removals);

        Assert.Equal(8998, one.Rows);
        Assert.Equal(Fingerprints(small.Home, "sold"), Fingerprints(large.Home, "sold"));
        Assert.Equal(Read(small.Home, one.Applied, table.Schema), Read(large.Home, again.Applied, table.Schema));
    }

    [Fact]
    public void Append_WhenANumberDoesNotFitItsColumn_ThenTheErrorNamesTheTable()
    {
        using var temporary = new TemporaryHome();

        StoreException e = Assert.Throws<StoreException>(
            () => Stage(temporary.Home, ByMonth, [["a", null, 100_000_000_000_000L]]));
        Assert.StartsWith("the rows of sold cannot be kept until they are merged: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_WhenManyPartitionsAreTouched_ThenEachRowIsInItsOwn()
    {
        using var temporary = new TemporaryHome();
        SilverTable table = ByMonth with { Grain = SilverGrain.Day };
        object?[][] rows = [.. Enumerable.Range(0, 400).Select(i => new object?[] { $"n{i:000}", Micros("2025-01-01") + (i % 100 * 86_400_000_000L), (long)i })];

        SilverChange change = Load(temporary.Home, table, rows);

        Assert.Equal((400, 0, 0, 0, 400), Counts(change));
        Assert.Equal(100, change.Applied.Files.Count);
        Assert.Equal(
            ["n040", "n140", "n240", "n340"],
            Read(temporary.Home, new("sold", ["silver/sold/day=2025-02-10/data.parquet"]), new Schema([Sales.Columns[0]])));
    }

    [Theory]
    [InlineData("ID")]
    [InlineData("file_row_number")]
    [InlineData("")]
    public void Load_WhenAColumnCannotBeStored_ThenIsRefused(string column)
    {
        using var temporary = new TemporaryHome();
        using SilverWorkspace workspace = SilverWorkspace.Open(temporary.Home, "r1");
        var table = new SilverTable("t", new Schema([new("id", ColumnType.String), new(column, ColumnType.String)]));

        Assert.Throws<ArgumentException>(() => new SilverLoad(workspace, table));
    }

    [Fact]
    public void Merge_WhenCancelled_ThenNothingIsLeft()
    {
        using var temporary = new TemporaryHome();
        using SilverWorkspace workspace = SilverWorkspace.Open(temporary.Home, "r1");
        using var load = new SilverLoad(workspace, ByMonth);
        load.OpenSink();

        Assert.ThrowsAny<OperationCanceledException>(() => load.Merge([], false, new CancellationToken(canceled: true)));
        Assert.Equal([], TemporaryHome.Names(temporary.Home.Silver("sold")));
    }

    [Fact]
    public void Merge_WhenTheFolderCannotBeWritten_ThenSaysSoAndLeavesNothing()
    {
        using var temporary = new TemporaryHome();
        Directory.CreateDirectory(temporary.Home.Root);
        File.WriteAllText(Path.Combine(temporary.Home.Root, "silver"), "in the way");

        StoreException e = Assert.Throws<StoreException>(() => Stage(temporary.Home, ByMonth, First));
        Assert.Contains(Path.Combine(temporary.Home.Root, "silver"), e.Message, StringComparison.Ordinal);
    }

    private static (long Added, long Replaced, long Unchanged, long KeptExisting, long Rows) Counts(SilverChange change) =>
        (change.Added, change.Replaced, change.Unchanged, change.KeptExisting, change.Rows);
}
