namespace Assay.Data.Tests;

public sealed class VectorTests
{
    [Fact]
    public void Keep_WhenNarrow_ThenThoseRowsMoveUp()
    {
        Vector vector = Numbers(6);
        vector.HasNulls = true;
        vector.Nulls[4] = true;
        vector.Keep([1, 4, 5]);
        Assert.Equal([10, 40, 50], vector.Values[..3]);
        Assert.Equal([false, true, false], vector.Nulls[..3]);
    }

    [Fact]
    public void Keep_WhenWide_ThenTheWideCellsMove()
    {
        Vector vector = Numbers(4);
        vector.IsWide = true;
        for (int row = 0; row < 4; row++)
        {
            vector.Wide[row] = Int128.MaxValue - row;
        }

        vector.Keep([0, 2, 3]);
        Assert.Equal([Int128.MaxValue, Int128.MaxValue - 2, Int128.MaxValue - 3], Enumerable.Range(0, 3).Select(vector.Get));
    }

    [Fact]
    public void Keep_WhenAllOrNone_ThenAsSaid()
    {
        Vector vector = Numbers(3);
        vector.Keep([0, 1, 2]);
        Assert.Equal([0, 10, 20], vector.Values);
        vector.Keep([]);
        Assert.Equal([0, 10, 20], vector.Values);
    }

    [Fact]
    public void IsNull_WhenThereAreNoNulls_ThenStaleFlagsDoNotCount()
    {
        Vector vector = Numbers(2);
        vector.Nulls[1] = true;
        Assert.False(vector.IsNull(1));
        vector.HasNulls = true;
        Assert.True(vector.IsNull(1));
    }

    [Fact]
    public void Keep_WhenABatch_ThenAllColumnsAndTheCount()
    {
        var batch = new RowBatch(
            new Schema([new Column("a", ColumnType.Integer), new Column("b", ColumnType.Date)]), new TextPool(), capacity: 4)
        { Count = 4 };
        for (int row = 0; row < 4; row++)
        {
            batch.Columns[0].Values[row] = row;
            batch.Columns[1].Values[row] = -row;
        }

        batch.Keep([1, 3]);
        Assert.Equal((2, 1L, 3L, -1L, -3L), (batch.Count, batch.Columns[0].Values[0], batch.Columns[0].Values[1], batch.Columns[1].Values[0], batch.Columns[1].Values[1]));
        Assert.Equal(ColumnType.Date, batch.Columns[1].Type);
    }

    [Fact]
    public void Column_WhenRaw_ThenTextsGetCodesOnce()
    {
        var batch = new RowBatch(new Schema([new Column("a", ColumnType.String)]), new TextPool(), capacity: 3) { Count = 3 };
        batch.RawBytes = "north,south,north"u8.ToArray();
        Vector column = batch.Columns[0];
        column.IsRaw = true;
        column.Values[0] = Vector.PackRaw(0, 5);
        column.Values[1] = Vector.PackRaw(6, 5);
        column.Values[2] = Vector.PackRaw(12, 5);
        Assert.Equal("south"u8.ToArray(), column.Raw(batch.RawBytes, 1).ToArray());
        Assert.Same(column, batch.Column(0));
        Assert.Equal([0, 1, 0], batch.Column(0).Values);
        Assert.Equal("south", batch.Texts.GetString(1));
    }

    private static Vector Numbers(int count)
    {
        var vector = new Vector(count);
        for (int row = 0; row < count; row++)
        {
            vector.Values[row] = row * 10;
        }

        return vector;
    }
}
