using Assay.Data;

namespace Assay.DuckDb.Tests;

public class DuckDbConnectionTests
{
    [Fact]
    public void LibraryVersion_WhenAsked_ThenIsTheOneThatIsPinned() =>
        Assert.Equal("v1.5.6", DuckDbDatabase.LibraryVersion);

    [Fact]
    public void Execute_WhenRowsChange_ThenCountsThem()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute("CREATE TABLE t (a BIGINT)");

        Assert.Equal(3, connection.Execute("INSERT INTO t VALUES (1), (2), (3)"));
        Assert.Equal(6, connection.QueryInteger("SELECT sum(a) FROM t"));
    }

    [Fact]
    public void Execute_WhenTheStatementIsWrong_ThenTellsWhyAndWhere()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();

        DuckDbException e = Assert.Throws<DuckDbException>(() => connection.Execute("SELECT *\n  FROM nowhere"));

        Assert.Contains("nowhere does not exist", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("(in: SELECT * FROM nowhere)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_WhenCancelled_ThenStopsAndTheConnectionGoesOn()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        using var cancellation = new CancellationTokenSource();
        var running = Task.Run(() => connection.Execute(
            "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range % 7 = 3", cancellation.Token));
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(1, connection.QueryInteger("SELECT 1"));
    }

    [Fact]
    public void Query_WhenCancelledWhileRead_ThenStops()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        using var cancellation = new CancellationTokenSource();
        using DuckDbReader reader = connection.Query("SELECT range FROM range(1000000000000)", cancellation.Token);
        Assert.True(reader.Read());
        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => reader.Read());
    }

    [Fact]
    public void Query_WhenItFailsOnTheWay_ThenTheReaderSaysSo()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(null, new DuckDbOptions { Threads = 1 });
        using DuckDbConnection connection = database.Connect();
        DuckDbException e = Assert.Throws<DuckDbException>(() =>
        {
            using DuckDbReader reader = connection.Query("SELECT CAST(CASE WHEN range = 900000 THEN 'x' ELSE '1' END AS INTEGER) FROM range(1000000)");
            while (reader.Read())
            {
            }
        });

        Assert.Contains("Could not convert string 'x' to INT32", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_WhenParametersAreBound_ThenTheyAreValuesAndNeverSql()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        using DuckDbStatement statement = connection.Prepare("SELECT length(?) + ? + CASE WHEN ? THEN 100 ELSE 0 END + coalesce(?, 1000)");

        using DuckDbReader reader = statement.Bind(1, "a'; DROP é").Bind(2, 5L).Bind(3, true).Bind(4, null).Query();

        Assert.True(reader.Read());
        Assert.Equal(10 + 5 + 100 + 1000, reader[0].Number(0));
        Assert.Throws<DuckDbException>(() => statement.Bind(5, 1L));
    }

    [Fact]
    public void Open_WhenMemoryIsLimited_ThenTheQueryFailsByName()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(null, new DuckDbOptions { MemoryLimit = 8 << 20, Threads = 2 });
        using DuckDbConnection connection = database.Connect();

        Assert.Equal(2, connection.QueryInteger("SELECT CAST(current_setting('threads') AS BIGINT)"));
        DuckDbException e = Assert.Throws<DuckDbException>(() => connection.Execute("CREATE TABLE t AS SELECT range AS a, range::VARCHAR AS b FROM range(10000000)"));
        Assert.Contains("Out of Memory", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WhenTheFileIsNoDatabase_ThenSaysWhich()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, new string('x', 20_000));
        try
        {
            DuckDbException e = Assert.Throws<DuckDbException>(() => DuckDbDatabase.Open(path));
            Assert.StartsWith($"{path} could not be opened: ", e.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with \"quotes\" and 'others' -- ; é")]
    [InlineData("")]
    public void Quoting_WhenATextIsWritten_ThenItComesBack(string text)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        string name = text.Length == 0 ? "x" : text;
        using DuckDbReader reader = connection.Query($"SELECT {DuckDbSql.Literal(text)} AS {DuckDbSql.Identifier(name)}");

        Assert.Equal(name, reader.Columns[0].Name);
        Assert.True(reader.Read());
        Assert.Equal(text, System.Text.Encoding.UTF8.GetString(reader[0].Text(0)));
    }

    [Fact]
    public void Identifier_WhenItHoldsAZero_ThenIsRefused() =>
        Assert.Throws<ArgumentException>(() => DuckDbSql.Identifier("a\0b"));

    [Fact]
    public void Read_WhenNumbersMayHaveAnyWidth_ThenSumsAreRead()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        var batch = new RowBatch(new Schema([new Column("n", ColumnType.Integer), new Column("d", ColumnType.Decimal(12, 2))]), new TextPool());
        const string Sql = "SELECT sum(n) AS n, sum(d) AS d FROM (VALUES (9223372036854775807, 1.25::DECIMAL(4,2)), (9223372036854775807, 2)) t(n, d)";
        using (DuckDbReader strict = connection.Query(Sql))
        {
            Assert.Contains("should be integer", Assert.Throws<DuckDbException>(() => strict.Read(batch)).Message, StringComparison.Ordinal);
        }

        using DuckDbReader reader = connection.Query(Sql);
        Assert.True(reader.Read(batch, anyWidth: true));
        Assert.Equal((Int128)long.MaxValue * 2, batch.Columns[0].Get(0));
        Assert.Equal(325, batch.Columns[1].Get(0));
    }

    [Fact]
    public void Execute_WhenMemoryIsNotEnough_ThenTheErrorSaysSo()
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(null, new DuckDbOptions { MemoryLimit = 16 << 20, Threads = 1 });
        using DuckDbConnection connection = database.Connect();

        DuckDbException error = Assert.Throws<DuckDbException>(() => connection.Execute("CREATE TABLE t AS SELECT random() AS x FROM range(20000000)"));

        Assert.Equal((true, false), (error.IsOutOfMemory, error.IsOutOfSpace));
        Assert.False(Assert.Throws<DuckDbException>(() => connection.Execute("SELECT nothing")).IsOutOfMemory);
    }
}
