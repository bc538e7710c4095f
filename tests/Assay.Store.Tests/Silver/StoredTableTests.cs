using Assay.Data;

namespace Assay.Store.Tests.Silver;

public sealed class StoredTableTests : IDisposable
{
    private static readonly Column Id = new("id", ColumnType.Integer);
    private static readonly Column Day = new("day", ColumnType.Date);
    private static readonly Column Amount = new("amount", ColumnType.Decimal(12, 2));

    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Read_WhenNothingIsStored_ThenThereIsNoDrift()
    {
        StoredTable stored = Read(Id, Day);

        Assert.Equal((0, 0L, 0), (stored.Files, stored.Rows, stored.Drift.Count));
    }

    [Fact]
    public void Read_WhenTheColumnsAreThose_ThenTellsFilesAndRowsAlone()
    {
        Load([Id, Day, Amount], [1L, Days("2025-01-01"), 5L], [2L, Days("2025-02-01"), 6L], [3L, Days("2025-02-02"), 7L]);

        StoredTable stored = Read(Id, Day, Amount);

        Assert.Equal((2, 3L, 0), (stored.Files, stored.Rows, stored.Drift.Count));
    }

    [Fact]
    public void Read_WhenColumnsChanged_ThenTellsInHowManyFiles()
    {
        Load([Id, Day, new Column("old", ColumnType.String), Amount], [1L, Days("2025-01-01"), "a", 5L], [2L, Days("2025-02-01"), "b", 6L]);
        Load([Id, Day, new Column("new", ColumnType.Timestamp), Amount], [3L, Days("2025-03-01"), null, 7L]);

        StoredTable stored = Read(Id, Day, new Column("new", ColumnType.Timestamp), new Column("amount", ColumnType.Decimal(14, 3)));

        Assert.Equal(
            [
                new ColumnDrift("new", null, "timestamp", 2),
                new ColumnDrift("amount", "decimal(12,2)", "decimal(14,3)", 3),
                new ColumnDrift("old", "string", null, 2),
            ],
            stored.Drift);
        Assert.Equal([false, true, false], stored.Drift.Select(drift => drift.IsRetyped));
    }

    [Fact]
    public void Read_WhenAFileIsDamaged_ThenNamesTheTable()
    {
        Load([Id, Day], [1L, Days("2025-01-01")]);
        File.WriteAllText(Path.Combine(_temporary.Home.Root, SilverSnapshot.Current(_temporary.Home, "t").Files[0]), "no Parquet");

        StoreException error = Assert.Throws<StoreException>(() => Read(Id, Day));

        Assert.StartsWith("the silver files of t cannot be read", error.Message, StringComparison.Ordinal);
    }

    private static long Days(string date) => SilverRows.Days(date);

    private void Load(Column[] columns, params object?[][] rows) =>
        SilverRows.Load(_temporary.Home, new SilverTable("t", new Schema(columns)) { PartitionColumn = "day" }, rows);

    private StoredTable Read(params Column[] columns) =>
        StoredTable.Read(_temporary.Home, SilverSnapshot.Current(_temporary.Home, "t"), new Schema(columns), CancellationToken.None);
}
