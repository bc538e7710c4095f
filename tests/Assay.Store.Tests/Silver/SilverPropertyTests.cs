using Assay.Data;
using FsCheck;
using FsCheck.Fluent;
using static Assay.Store.Tests.Silver.SilverRows;

namespace Assay.Store.Tests.Silver;

/// <summary>Merging against the slow obvious way: a dictionary of rows.</summary>
public class SilverPropertyTests
{
    private static readonly Schema Columns = new(
    [
        new("id", ColumnType.Integer), new("line", ColumnType.String), new("day", ColumnType.Date),
        new("version", ColumnType.Integer), new("amount", ColumnType.Decimal(30, 2)),
    ]);

    [Theory]
    [InlineData(null, null, SilverGrain.Month)]
    [InlineData("version", "day", SilverGrain.Month)]
    [InlineData(null, "day", SilverGrain.Day)]
    public void Merge_WhenAnyLoadsFollowEachOther_ThenTheTableIsWhatADictionaryWouldHold(string? newest, string? partition, SilverGrain grain)
    {
        var table = new SilverTable("t", Columns) { Key = ["id", "line"], Newest = newest, PartitionColumn = partition, Grain = grain };
        Gen<object?[]> row =
            from id in Gen.Choose(0, 12)
            from line in Gen.Elements("a", "b", "a text of more than twelve bytes", null)
            from day in Gen.Frequency((6, Gen.Choose(20_000, 20_090).Select(d => (long?)d)), (1, Gen.Constant((long?)null)))
            from version in Gen.Frequency((6, Gen.Choose(0, 5).Select(v => (long?)v)), (1, Gen.Constant((long?)null)))
            from amount in Gen.Choose(-3, 3)
            select new object?[] { (long)id, line, day, version, Int128.Parse("1000000000000000000000") * amount };
        Gen<object?[][][]> loads = row.ListOf().Select(rows => rows.DistinctBy(r => (r[0], r[1])).ToArray()).ArrayOf(4);
        var property = Prop.ForAll(loads.ToArbitrary(), some => Check(table, some));

        property.Check(Config.QuickThrowOnFailure.WithMaxTest(8));
    }

    private static void Check(SilverTable table, object?[][][] loads)
    {
        using var temporary = new TemporaryHome();
        using var fresh = new TemporaryHome();
        var expected = new Dictionary<(object?, object?), object?[]>();
        SilverChange? change = null;
        foreach (object?[][] load in loads)
        {
            long[] counts = Merge(expected, load, table.Newest is not null);
            change = Load(temporary.Home, table, load);
            Assert.Equal(counts, new long[] { change.Added, change.Replaced, change.Unchanged, change.KeptExisting });
            Assert.Equal(change.Applied.Files, SilverSnapshot.Current(temporary.Home, "t").Files);
        }

        Assert.Equal(expected.Count, change!.Rows);
        Assert.Equal(
            expected.Values.Select(Line).Order(StringComparer.Ordinal),
            Read(temporary.Home, SilverSnapshot.Current(temporary.Home, "t"), Columns));

        // The same rows in one load, by other workers and in another order: the same bytes.
        Load(fresh.Home, table, expected.Values.Reverse(), threads: 1, sinks: 3, batch: 3);
        Assert.Equal(Fingerprints(fresh.Home, "t"), Fingerprints(temporary.Home, "t"));
    }

    private static long[] Merge(Dictionary<(object?, object?), object?[]> table, object?[][] load, bool newest)
    {
        long[] counts = new long[4];
        foreach (object?[] row in load)
        {
            if (!table.TryGetValue((row[0], row[1]), out object?[]? existing))
            {
                counts[0]++;
            }
            else if (existing.SequenceEqual(row))
            {
                counts[2]++;
            }
            else if (newest && (long?)existing[3] is { } old && !(old <= (long?)row[3]))
            {
                counts[3]++;
                continue;
            }
            else
            {
                counts[1]++;
            }

            table[(row[0], row[1])] = row;
        }

        return counts;
    }
}
