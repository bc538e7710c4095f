using System.Text;
using Assay.Data;

namespace Assay.DuckDb.Tests;

public class DuckDbAppenderTests
{
    private static readonly Schema Everything = new(
    [
        new("text", ColumnType.String),
        new("whole", ColumnType.Integer),
        new("small", ColumnType.Decimal(4, 2)),
        new("middle", ColumnType.Decimal(9, 0)),
        new("money", ColumnType.Decimal(18, 2)),
        new("wide", ColumnType.Decimal(38, 30)),
        new("truth", ColumnType.Boolean),
        new("day", ColumnType.Date),
        new("moment", ColumnType.Timestamp),
    ]);

    private static readonly string[] Texts =
        ["", "twelve bytes", "thirteen byte", "ગુજરાત", "a\0b", "😀", new string('x', 300_000), "é'\"\\\n"];

    [Theory]
    [InlineData(1)]
    [InlineData(2048)]
    [InlineData(5000)]
    public void Append_WhenABatchHoldsEverything_ThenTheTableGivesItBack(int rows)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute($"CREATE TABLE t ({DuckDbSql.ColumnList(Everything)})");
        RowBatch batch = Fill(rows);
        using (DuckDbAppender appender = connection.OpenAppender("t"))
        {
            appender.Append(batch);
            appender.Flush();
        }

        Assert.Equal(Describe(batch), ReadAll(connection, "SELECT * FROM t", 777));
        Assert.Equal(
            "DECIMAL(4,2) DECIMAL(9,0) DECIMAL(18,2) DECIMAL(38,30)",
            Text(connection, "SELECT concat_ws(' ', typeof(small), typeof(middle), typeof(money), typeof(wide)) FROM t LIMIT 1"));
    }

    [Fact]
    public void Append_WhenSomeRowsAreKept_ThenOnlyTheyAreAppendedInThatOrder()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute($"CREATE TABLE t ({DuckDbSql.ColumnList(Everything)})");
        RowBatch batch = Fill(100);
        using (DuckDbAppender appender = connection.OpenAppender("t"))
        {
            appender.Append(batch, [70, 3, 4]);
            appender.Flush();
        }

        string[] all = Describe(batch);
        Assert.Equal([all[70], all[3], all[4]], ReadAll(connection, "SELECT * FROM t", 2048));
    }

    [Fact]
    public void Append_WhenTextLiesInTheSourcesBytes_ThenItIsTakenFromThere()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute("CREATE TABLE t (text VARCHAR)");
        var batch = new RowBatch(new Schema([new("text", ColumnType.String)]), new TextPool())
        {
            RawBytes = "one, a much longer second"u8.ToArray(),
            Count = 2,
        };
        batch.Columns[0].IsRaw = true;
        batch.Columns[0].Values[0] = Vector.PackRaw(0, 3);
        batch.Columns[0].Values[1] = Vector.PackRaw(5, 20);
        using DuckDbAppender appender = connection.OpenAppender("t");
        appender.Append(batch);
        appender.Flush();

        Assert.Equal("one|a much longer second", Text(connection, "SELECT string_agg(text, '|') FROM t"));
        Assert.Equal(0, batch.Texts.Count);
    }

    [Fact]
    public void SetText_WhenBytesAreNotUtf8_ThenTheyAreReplaced()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute("CREATE TABLE t (id BIGINT, text VARCHAR)");
        using DuckDbAppender appender = connection.OpenAppender("t");
        appender.Begin(3);
        appender.Set(0, [1, 2, 3]);
        appender.SetText(1, 0, [(byte)'a', 0xFF, (byte)'b']);
        appender.SetNull(1, 1);
        appender.SetText(1, 2, "ok"u8);
        appender.End();
        appender.Flush();

        Assert.Equal("a\uFFFDb|-|ok", Text(connection, "SELECT string_agg(coalesce(text, '-'), '|' ORDER BY id) FROM t"));
    }

    [Theory]
    [InlineData(10000, false)]
    [InlineData(-10000, false)]
    [InlineData(9999, true)]
    [InlineData(-9999, true)]
    public void Append_WhenADecimalHasMoreDigitsThanItsColumn_ThenIsRefused(long cell, bool fits)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute("CREATE TABLE t (d DECIMAL(4,2))");
        var batch = new RowBatch(new Schema([new("d", ColumnType.Decimal(18, 2))]), new TextPool()) { Count = 1 };
        batch.Columns[0].Values[0] = cell;
        using DuckDbAppender appender = connection.OpenAppender("t");

        if (fits)
        {
            appender.Append(batch);
            appender.Flush();
            Assert.Equal(cell, connection.QueryInteger("SELECT CAST(d * 100 AS BIGINT) FROM t"));
        }
        else
        {
            DuckDbException e = Assert.Throws<DuckDbException>(() => appender.Append(batch));
            Assert.Equal($"Rows cannot be appended to t: {cell} of column 'd' is too large for DECIMAL(4,2)", e.Message);
        }
    }

    [Fact]
    public void Dispose_WhenRowsWereNotFlushed_ThenTheyAreDropped()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute("CREATE TABLE t (id BIGINT)");
        using (DuckDbAppender appender = connection.OpenAppender("t"))
        {
            appender.Begin(2);
            appender.Set(0, [1, 2]);
            appender.End();
        }

        Assert.Equal(0, connection.QueryInteger("SELECT count(*) FROM t"));
    }

    [Fact]
    public void OpenAppender_WhenThereIsNoSuchTable_ThenSaysSo()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();

        DuckDbException e = Assert.Throws<DuckDbException>(() => connection.OpenAppender("nowhere"));
        Assert.Contains("nowhere", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Append_WhenTheKindsDiffer_ThenSaysWhichColumn()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute("CREATE TABLE t (day DATE)");
        var batch = new RowBatch(new Schema([new("day", ColumnType.String)]), new TextPool()) { Count = 1 };
        using DuckDbAppender appender = connection.OpenAppender("t");

        DuckDbException e = Assert.Throws<DuckDbException>(() => appender.Append(batch));
        Assert.Equal("Rows cannot be appended to t: its column 1 is DATE, and column 'day' is string", e.Message);
    }

    [Fact]
    public void Read_WhenTheColumnIsOfAnotherType_ThenSaysWhich()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        using DuckDbReader reader = connection.Query("SELECT 1.5::DOUBLE AS d");
        var batch = new RowBatch(new Schema([new("d", ColumnType.Decimal(4, 2))]), new TextPool());

        DuckDbException e = Assert.Throws<DuckDbException>(() => reader.Read(batch));
        Assert.StartsWith("Column 'd' should be decimal(4,2), but the query gives DOUBLE.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhenUnitsOfTimeDiffer_ThenAllBecomeMicroseconds()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        using DuckDbReader reader = connection.Query(
            "SELECT TIMESTAMP_S '1970-01-01 00:00:01', TIMESTAMP_MS '1970-01-01 00:00:01.5', TIMESTAMP '1969-12-31 23:59:59.999999'");
        var batch = new RowBatch(
            new Schema([new("s", ColumnType.Timestamp), new("ms", ColumnType.Timestamp), new("us", ColumnType.Timestamp)]), new TextPool());

        Assert.True(reader.Read(batch));
        Assert.Equal([1_000_000L, 1_500_000L, -1L], batch.Columns.Select(c => c.Values[0]));
        Assert.False(reader.Read(batch));
    }

    private static RowBatch Fill(int rows)
    {
        var batch = new RowBatch(Everything, new TextPool(), rows) { Count = rows };
        Int128 most = Int128.Parse(new string('9', 38));
        for (int row = 0; row < rows; row++)
        {
            // A cell of each column is null now and then, each at its own pace.
            for (int i = 0; i < batch.Columns.Length; i++)
            {
                batch.Columns[i].Nulls[row] = row % (i + 3) == 2;
                batch.Columns[i].HasNulls |= batch.Columns[i].Nulls[row];
            }

            int sign = row % 2 == 0 ? 1 : -1;
            batch.Columns[0].Values[row] = batch.Texts.Intern(row % 11 == 0 ? Texts[row / 11 % Texts.Length] : $"text number {row}");
            batch.Columns[1].Values[row] = row switch { 0 => long.MinValue, 1 => long.MaxValue, _ => row };
            batch.Columns[2].Values[row] = sign * (9999 - (row % 5000));
            batch.Columns[3].Values[row] = sign * (999_999_999 - row);
            batch.Columns[4].Values[row] = sign * (999_999_999_999_999_999 - row);
            batch.Columns[5].Wide[row] = sign * (most - row);
            batch.Columns[6].Values[row] = row / 3 % 2;
            batch.Columns[7].Values[row] = sign * row * 20;
            batch.Columns[8].Values[row] = sign * (row * 1_000_003L);
        }

        batch.Columns[5].IsWide = true;
        return batch;
    }

    private static string[] Describe(RowBatch batch) => [.. Enumerable.Range(0, batch.Count).Select(row => string.Join(
        '|',
        batch.Columns.Select(c => c.IsNull(row) ? "null"
            : c.Type.Kind == ColumnKind.String ? batch.Texts.GetString((int)c.Values[row])
            : c.Get(row).ToString())))];

    private static string[] ReadAll(DuckDbConnection connection, string sql, int capacity)
    {
        var batch = new RowBatch(Everything, new TextPool(), capacity);
        var rows = new List<string>();
        using DuckDbReader reader = connection.Query(sql);
        while (reader.Read(batch))
        {
            rows.AddRange(Describe(batch));
        }

        return [.. rows];
    }

    private static string Text(DuckDbConnection connection, string sql)
    {
        using DuckDbReader reader = connection.Query(sql);
        Assert.True(reader.Read());
        return Encoding.UTF8.GetString(reader[0].Text(0));
    }
}
