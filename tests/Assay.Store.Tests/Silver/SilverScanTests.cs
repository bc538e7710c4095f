using Assay.Data;
using static Assay.Store.Tests.Silver.SilverRows;

namespace Assay.Store.Tests.Silver;

public class SilverScanTests
{
    private static readonly Schema Old = new([new("id", ColumnType.Integer), new("day", ColumnType.Date)]);
    private static readonly Schema New = new(
        [new("id", ColumnType.Integer), new("region", ColumnType.String), new("day", ColumnType.Date), new("price", ColumnType.Decimal(20, 2))]);

    [Fact]
    public void Read_WhenAFileLacksAColumn_ThenItIsNull()
    {
        using var temporary = new TemporaryHome();
        Load(temporary.Home, Table(Old), [[1L, 1L], [2L, 2L]]);

        SilverChange change = Load(temporary.Home, Table(New), [[2L, "West", 2L, 5L], [3L, "East", 3L, 7L]]);

        Assert.Equal(["silver/t/day=1970-01-03/data.parquet", "silver/t/day=1970-01-04/data.parquet"], change.Renames.Select(r => r.To));
        Assert.Equal(["1|∅|1|∅", "2|West|2|5", "3|East|3|7"], Read(temporary.Home, change.Applied, New));
        Assert.Equal(["1", "2", "3"], Read(temporary.Home, change.Applied, new Schema([Old.Columns[0]])));
        Assert.Equal(["", "", ""], Read(temporary.Home, change.Applied, new Schema([])));
    }

    [Fact]
    public void Open_WhenAColumnsTypeChanged_ThenTellsToRefresh()
    {
        using var temporary = new TemporaryHome();
        SilverChange change = Load(temporary.Home, Table(Old), [[1L, 1L]]);
        var changed = new Schema([new("id", ColumnType.String), Old.Columns[1]]);

        StoreException scan = Assert.Throws<StoreException>(
            () => SilverScan.Open(temporary.Home, change.Applied, changed, CancellationToken.None));
        StoreException merge = Assert.Throws<StoreException>(() => Load(temporary.Home, Table(changed), [["1", 1L]]));

        Assert.Equal(
            "silver/t/day=1970-01-02/data.parquet: column 'id' of t was stored as BIGINT and is string now; run again with --full-refresh",
            scan.Message);
        Assert.Equal(scan.Message, merge.Message);
        Assert.Equal(1, Load(temporary.Home, Table(changed), [["1", 1L]], replaceAll: true).Rows);
    }

    [Fact]
    public void Merge_WhenThePartitionsChanged_ThenTellsToRefresh()
    {
        using var temporary = new TemporaryHome();
        Load(temporary.Home, Table(Old), [[1L, 1L]]);
        SilverTable byMonth = Table(Old) with { Grain = SilverGrain.Month };

        StoreException e = Assert.Throws<StoreException>(() => Load(temporary.Home, byMonth, [[1L, 1L]]));
        Assert.Contains("run again with --full-refresh", e.Message, StringComparison.Ordinal);

        SilverChange change = Load(temporary.Home, byMonth, [[1L, 1L]], replaceAll: true);
        Assert.Equal(["silver/t/day=1970-01-02/data.parquet"], change.Removals);
        Assert.Equal(["month=1970-01"], TemporaryHome.Names(temporary.Home.Silver("t")));
    }

    [Fact]
    public void Extremes_WhenAsked_ThenAreThoseOfAllFiles()
    {
        using var temporary = new TemporaryHome();
        SilverChange change = Load(temporary.Home, Table(New), [[1L, "x", 1L, null], [2L, null, 400L, null], [-3L, "y", null, null]]);
        using SilverScan scan = SilverScan.Open(temporary.Home, change.Applied, New, CancellationToken.None);

        Assert.Equal(400, scan.Max("day", CancellationToken.None));
        Assert.Equal(1, scan.Min("day", CancellationToken.None));
        Assert.Equal(-3, scan.Min("id", CancellationToken.None));
        Assert.Null(scan.Max("price", CancellationToken.None));
        Assert.Equal(3, scan.Count);
        Assert.Throws<ArgumentException>(() => scan.Max("region", CancellationToken.None));
    }

    [Fact]
    public void Read_WhenAFileIsLarge_ThenItIsCutAndEveryRowIsReadOnce()
    {
        using var temporary = new TemporaryHome();
        var schema = new Schema([new("id", ColumnType.Integer)]);
        const int Rows = 1_100_000;
        SilverChange change = Load(
            temporary.Home, new SilverTable("t", schema) { Key = ["id"] }, Enumerable.Range(0, Rows).Select(i => new object?[] { (long)i }), batch: 5000);
        using SilverScan scan = SilverScan.Open(temporary.Home, change.Applied, schema, CancellationToken.None);
        bool[] seen = new bool[Rows];
        int[] shares = new int[2];

        Parallel.For(0, 2, worker =>
        {
            using SilverCursor cursor = scan.OpenCursor(new TextPool(), CancellationToken.None);
            var batch = new RowBatch(schema, cursor.Texts);
            while (cursor.Read(batch))
            {
                foreach (long id in batch.Columns[0].Values.AsSpan(0, batch.Count))
                {
                    Assert.False(seen[id]);
                    seen[id] = true;
                    shares[worker]++;
                }
            }
        });

        Assert.Equal(Rows, shares.Sum());
        Assert.DoesNotContain(false, seen);
    }

    [Fact]
    public void Read_WhenAFileIsBroken_ThenSaysWhich()
    {
        using var temporary = new TemporaryHome();
        SilverChange change = Load(temporary.Home, Table(Old), [[1L, 1L]]);
        File.WriteAllText(Path.Combine(temporary.Home.Root, change.Applied.Files[0]), "no Parquet at all");

        StoreException e = Assert.Throws<StoreException>(
            () => SilverScan.Open(temporary.Home, change.Applied, Old, CancellationToken.None));
        Assert.Contains("day=1970-01-02/data.parquet", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhenTheHomesNameHoldsWildcards_ThenTheyAreTakenForThemselves()
    {
        using var temporary = new TemporaryHome();
        var home = new AssayHome(Path.Combine(temporary.Home.Root, "a[b]*?{c}"));
        SilverChange change = Load(home, Table(Old), [[1L, 1L]]);

        Assert.Equal(["1|1"], Read(home, change.Applied, Old));
    }

    private static SilverTable Table(Schema schema) =>
        new("t", schema) { Key = ["id"], PartitionColumn = "day", Grain = SilverGrain.Day };
}
