using Assay.Data;
using Assay.Refine.Dedup;

namespace Assay.Refine.Tests.Dedup;

public sealed class KeyIndexTests
{
    [Fact]
    public void Add_WhenRowsRepeat_ThenTheFirstStays()
    {
        KeyIndex index = Loads.Index(mustAgree: true);

        Assert.Equal([true, true, false, false], index.Add(Loads.Row(0, 1, "a"), Loads.Row(0, 2, "b"), Loads.Row(0, 3, "a"), Loads.Row(0, 4, "a")));
        KeyOutcome outcome = index.Complete();

        Assert.Equal((4, 2, 2, 0), (outcome.Rows, outcome.Kept, outcome.Deduplicated, outcome.Conflicting));
        Assert.Empty(outcome.Superseded);
        Assert.Empty(outcome.Conflicts);
    }

    [Fact]
    public void Add_WhenAnEarlierBlockComesLater_ThenItsRowTakesTheRepeatsPlace()
    {
        KeyIndex index = Loads.Index(mustAgree: true);
        Assert.Equal([true, false], index.Add(Loads.Row(0, 5, "a"), Loads.Row(0, 6, "a")));
        Assert.Equal([true, false], index.Add(Loads.Row(0, 1, "a"), Loads.Row(0, 2, "a")));

        KeyOutcome outcome = index.Complete();

        Assert.Equal([Sequences.Of(0, 5)], outcome.Superseded);
        Assert.Equal((1, 3), (outcome.Kept, outcome.Deduplicated));
    }

    [Fact]
    public void Add_WhenRepeatedTotalsDisagree_ThenAllRowsOfTheKeyAreInConflictWithBothValues()
    {
        KeyIndex index = Loads.Index(mustAgree: true);
        index.Add(Loads.Row(0, 1, "a", 1050), Loads.Row(0, 2, "a", 1050), Loads.Row(0, 3, "b"), Loads.Row(0, 9, "a", 1100), Loads.Row(0, 12, "a", 1050));

        KeyOutcome outcome = index.Complete();

        KeyConflict conflict = Assert.Single(outcome.Conflicts);
        Assert.Equal("0/1,0/2,0/9,0/12 amount: 10.50 <> 11.00", Loads.Text(conflict));
        Assert.Equal("the same amount in every record of its key, not `10.50` and `11.00`", conflict.Expectation);
        Assert.Equal((5, 1, 0, 4, 1), (outcome.Rows, outcome.Kept, outcome.Deduplicated, outcome.Conflicting, outcome.ConflictCount));
        Assert.Empty(outcome.Superseded);
    }

    [Fact]
    public void Add_WhenALaterFileIsInConflict_ThenTheGoodRowOfTheEarlierStays()
    {
        KeyIndex index = Loads.Index(mustAgree: true);
        index.Add(Loads.Row(0, 1, "a", 100), Loads.Row(1, 1, "a", 200), Loads.Row(1, 2, "a", null), Loads.Row(2, 1, "b"), Loads.Row(0, 2, "b"));

        KeyOutcome outcome = index.Complete();

        Assert.Equal(["1/1,1/2 amount: 2.00 <> null"], outcome.Conflicts.Select(Loads.Text));
        Assert.Equal([Sequences.Of(0, 2)], outcome.Superseded);
        Assert.Equal((2, 1, 2), (outcome.Kept, outcome.Deduplicated, outcome.Conflicting));
    }

    [Fact]
    public void Add_WhenAFileCorrectsARow_ThenTheLaterFilesStays()
    {
        KeyIndex index = Loads.Index(mustAgree: true);

        Assert.Equal([true, true, true], index.Add(Loads.Row(1, 1, "a", 5), Loads.Row(0, 1, "a", 4), Loads.Row(2, 7, "a", 6)));

        Assert.Equal([Sequences.Of(0, 1), Sequences.Of(1, 1)], index.Complete().Superseded);
    }

    [Fact]
    public void Add_WhenTheNewestIsToldByAColumn_ThenAnEarlierFileMayWin()
    {
        KeyIndex index = Loads.Index(mustAgree: true, "changed");
        index.Add(Loads.Row(0, 1, "a", changed: 9), Loads.Row(1, 1, "a", changed: 3), Loads.Row(0, 2, "b", changed: 4), Loads.Row(1, 2, "b", changed: 4));

        Assert.Equal([Sequences.Of(0, 2), Sequences.Of(1, 1)], index.Complete().Superseded);
    }

    [Fact]
    public void Add_WhenRowsNeedNotAgree_ThenTheLastStays()
    {
        KeyIndex index = Loads.Index(mustAgree: false);

        Assert.Equal([true, true, false], index.Add(Loads.Row(0, 5, "a", 1), Loads.Row(1, 1, "a", 2), Loads.Row(0, 6, "a", 3)));
        KeyOutcome outcome = index.Complete();

        Assert.Equal([Sequences.Of(0, 5)], outcome.Superseded);
        Assert.Equal((3, 1, 2), (outcome.Rows, outcome.Kept, outcome.Deduplicated));
    }

    [Fact]
    public void Add_WhenTheNewestIsMissing_ThenItCountsAsTheOldest()
    {
        var index = new KeyIndex(Loads.Schema, ["id"], "amount", mustAgree: false);

        Assert.Equal([true, false, true, false], index.Add(Loads.Row(0, 1, "a", -5), Loads.Row(0, 2, "a", null), Loads.Row(0, 3, "a", -5), Loads.Row(0, 4, "a", -6)));
    }

    [Fact]
    public void Add_WhenKeysAreWrittenTogetherAlike_ThenTheyAreStillTwo()
    {
        var index = new KeyIndex(Loads.Schema, ["id", "note"], null, mustAgree: true);

        Assert.Equal(
            [true, true, true, true, true, true],
            index.Add(
                Loads.Row(0, 1, "ab", note: "c"), Loads.Row(0, 2, "a", note: "bc"), Loads.Row(0, 3, "abc", note: ""),
                Loads.Row(0, 4, "", note: "abc"), Loads.Row(0, 5, "abc", note: null), Loads.Row(0, 6, "abc\0", note: "")));
    }

    [Theory]
    [InlineData("short", "shore", "short", "shore")]
    [InlineData("a text of twenty-four by", "a text of twenty-four bx", "a text of twenty-four by", "a text of twenty-four bx")]
    [InlineData("a text of 25 bytes, so lo", "a text of 25 bytes, so lx", "a text of 25 byt…", "a text of 25 byt…")]
    [InlineData("123456789012345ö and so on and on", "", "123456789012345…", "")]
    public void Conflict_WhenATextIsLong_ThenItsBeginningIsTold(string first, string second, string firstTold, string secondTold)
    {
        KeyIndex index = Loads.Index(mustAgree: true);
        index.Add(Loads.Row(0, 1, "a", note: first), Loads.Row(0, 2, "a", note: second));

        Assert.Equal([$"0/1,0/2 note: {firstTold} <> {secondTold}"], index.Complete().Conflicts.Select(Loads.Text));
    }

    [Theory]
    [InlineData(ColumnKind.Boolean, 0, 1, "false", "true")]
    [InlineData(ColumnKind.Date, -1, 19782, "1969-12-31", "2024-02-29")]
    [InlineData(ColumnKind.Timestamp, 1709164800000000, -1, "2024-02-29 00:00:00", "1969-12-31 23:59:59.999999")]
    [InlineData(ColumnKind.Integer, long.MinValue, long.MaxValue, "-9223372036854775808", "9223372036854775807")]
    [InlineData(ColumnKind.Integer, 0, -1, "0", "-1")]
    public void Conflict_WhenValuesAreTyped_ThenAreToldAsText(ColumnKind kind, long first, long second, string firstTold, string secondTold)
    {
        var schema = new Schema([new Column("k", ColumnType.Integer), new Column("v", new ColumnType(kind))]);
        var index = new KeyIndex(schema, ["k"], null, mustAgree: true);
        var rows = new RowBatch(schema, new TextPool(), 2) { Count = 2 };
        (rows.Columns[1].Values[0], rows.Columns[1].Values[1]) = (first, second);

        index.Add(rows, [1, 2], new bool[2]);

        KeyConflict conflict = Assert.Single(index.Complete().Conflicts);
        Assert.Equal((firstTold, secondTold), (conflict.First, conflict.Other));
    }

    [Fact]
    public void Add_WhenAVectorIsWide_ThenEqualNumbersAreStillEqual()
    {
        var schema = new Schema([new Column("k", ColumnType.Integer), new Column("v", ColumnType.Decimal(38, 2))]);
        var index = new KeyIndex(schema, ["k", "v"], null, mustAgree: true, []);
        foreach (bool wide in new[] { false, true })
        {
            var rows = new RowBatch(schema, new TextPool(), 1) { Count = 1 };
            rows.Columns[1].Values[0] = wide ? 0 : -250;
            rows.Columns[1].Wide[0] = -250;
            rows.Columns[1].IsWide = wide;
            index.Add(rows, [wide ? 2 : 1], new bool[1]);
        }

        Assert.Equal((1, 1), (index.Complete().Kept, index.Complete().Deduplicated));
    }

    [Fact]
    public void Create_WhenAColumnCannotServe_ThenSaysWhich()
    {
        Assert.Equal("There is no column `idd`. (Parameter 'name')", Assert.Throws<ArgumentException>(() => new KeyIndex(Loads.Schema, ["idd"], null, true)).Message);
        Assert.StartsWith("`note` cannot tell which row is newest: it is of type string.", Assert.Throws<ArgumentException>(() => new KeyIndex(Loads.Schema, ["id"], "note", false)).Message, StringComparison.Ordinal);
        Assert.StartsWith("A key has 1 to 64 columns, not 0.", Assert.Throws<ArgumentException>(() => new KeyIndex(Loads.Schema, [], null, true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeyRules_WhenAColumnCannotTellTheNewest_ThenSayWhatCan()
    {
        Assert.Equal(
            ("`id` cannot tell the newest row: it is string", "name a date, a timestamp or a number"),
            KeyRules.CheckNewest(new Column("id", ColumnType.String))!.Value);
        Assert.Null(KeyRules.CheckNewest(new Column("at", ColumnType.Timestamp)));
    }

    [Fact]
    public void Complete_WhenRowsAreWithdrawn_ThenTellsAllOfThem()
    {
        KeyIndex index = Loads.Index(mustAgree: true);
        index.Add(Loads.Row(0, 3, "a"), Loads.Row(0, 1, "a"), Loads.Row(0, 2, "b"), Loads.Row(0, 4, "b", 7), Loads.Row(0, 9, "c"), Loads.Row(1, 1, "a"));

        KeyOutcome outcome = index.Complete(new HashSet<long> { Sequences.Of(0, 1), Sequences.Of(0, 2), Sequences.Of(0, 3), Sequences.Of(0, 4), Sequences.Of(0, 7) });

        Assert.Equal((6, 2, 0, 4), (outcome.Rows, outcome.Kept, outcome.Conflicting, outcome.Withdrawn));
        Assert.Equal([Sequences.Of(0, 1), Sequences.Of(0, 2), Sequences.Of(0, 3), Sequences.Of(0, 4)], outcome.WithdrawnSequences);
    }
}
