using System.Text;
using Assay.Data;
using Assay.Sql;

namespace Assay.Store.Tests.Engines;

public sealed class SqliteEngineTests : IDisposable
{
    private readonly FileDatabase _file = new(EngineKind.Sqlite, "assay.sqlite");

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Open_WhenThePathIsAFolder_ThenSaysSoAndMakesNoLockBesideIt()
    {
        Directory.CreateDirectory(_file.Path);

        EngineException e = Assert.Throws<EngineException>(() => Engine.Create(_file.Options).Open("shop"));

        Assert.EndsWith($"{_file.Path} is a folder; name a file in it", e.Message, StringComparison.Ordinal);
        Assert.True(e.IsMisconfigured);
        Assert.False(File.Exists(_file.Path + ".lock"));
    }

    [Fact]
    public void OpenForReading_WhenThereIsNoFile_ThenSaysSoAndMakesNone()
    {
        EngineException e = Assert.Throws<EngineException>(() => Engine.Create(_file.Options).OpenForReading());

        Assert.Contains($"there is no file {_file.Path} to read; run the pipeline with --engine ", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_file.Path));
    }

    [Fact]
    public void Open_WhenTheFileIsNoDatabase_ThenSaysSo()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file.Path)!);
        File.WriteAllText(_file.Path, string.Concat(Enumerable.Repeat("no database at all. ", 500)));

        EngineException e = Assert.Throws<EngineException>(() => Engine.Create(_file.Options).Open("shop"));

        Assert.Contains($"{_file.Path} is damaged or no SQLite database", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WhenTheFolderCannotBeMade_ThenSaysSo()
    {
        File.WriteAllText(Path.GetDirectoryName(_file.Path)!, "");

        EngineException e = Assert.Throws<EngineException>(() => Engine.Create(_file.Options).Open("shop"));

        Assert.Contains(".lock cannot be made", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replace_WhenSomebodyGaveTheTableATrigger_ThenItStays()
    {
        SqlTable table = new("t", [new SqlColumn("a", ColumnType.Integer)]);
        using (EngineSession session = Engine.Create(_file.Options).Open("shop"))
        {
            session.SetUp([table], []);
        }

        using (var other = SqliteDatabase.Open(_file.Path, TimeSpan.Zero))
        {
            other.Execute("CREATE TABLE log (a INTEGER)");
            other.Execute("CREATE TRIGGER note AFTER INSERT ON t BEGIN INSERT INTO log VALUES (NEW.a); END");
        }

        using EngineSession next = Engine.Create(_file.Options).Open("shop");
        TableStage stage = next.Stage(table, EngineRows.SchemaOf(table));
        using (RowWriter writer = stage.OpenWriter())
        {
            writer.Add(EngineRows.Batch(stage.Columns, [(Int128)7]));
            writer.Complete();
        }

        next.InTransaction(() => next.Replace(stage));

        Assert.Equal((Int128)7, EngineRows.All(next, table)[0][0]);
        Assert.Equal((Int128)7, EngineRows.All(next, table with { Name = "log" })[0][0]);
    }

    [Fact]
    public void SetUp_WhenAnotherProgramWrites_ThenTriesAgainAndSaysWhoIsBusy()
    {
        var notes = new List<string>();
        using Engine engine = Engine.Create(_file.Options with { CommandTimeout = TimeSpan.FromSeconds(1), Retries = 1, Notify = notes.Add });
        using EngineSession session = engine.Open("shop");
        using var other = SqliteDatabase.Open(_file.Path, TimeSpan.Zero);
        other.Execute("BEGIN IMMEDIATE");
        SqlTable table = new("t", [new SqlColumn("a", ColumnType.Integer)]);

        EngineException e = Assert.Throws<EngineException>(() => session.SetUp([table], []));

        Assert.True(e.IsTransient);
        Assert.Contains($"another program keeps {_file.Path} busy", e.Message, StringComparison.Ordinal);
        Assert.Contains("(1 of 1)", Assert.Single(notes), StringComparison.Ordinal);
        other.Execute("ROLLBACK");
        session.SetUp([table], []);
        Assert.Equal(["a"], session.ColumnsOf("t", default));
    }

    [Fact]
    public void Query_WhenASumLeaves64Bits_ThenIsExactOrRefused()
    {
        using Engine engine = Engine.Create(_file.Options);
        using EngineSession session = engine.Open("shop");
        SqlTable table = new("t", [new SqlColumn("a", ColumnType.Integer)]);
        session.SetUp([table], []);
        session.Execute(new InsertRow("t", ["a"], [SqlValue.Of(long.MaxValue)]));
        SqlExpression a = SqlTerms.Column(table, "a");

        EngineException e = Assert.Throws<EngineException>(() => EngineRows.Read(session, new SelectStatement
        {
            Columns = [new SelectColumn("twice", new SqlCall(ColumnType.Integer, SqlOperation.Add, [a, a]))],
            From = new SqlSource("t"),
        }));

        Assert.Contains("column 'twice' should be integer", e.Message, StringComparison.Ordinal);
        Assert.Contains("outgrew SQLite's 64 bits", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Query_WhenAPartOfASumLeaves64Bits_ThenIsRefusedAndSaysWhatToDo()
    {
        using Engine engine = Engine.Create(_file.Options);
        using EngineSession session = engine.Open("shop");
        ColumnType wide = ColumnType.Decimal(18, 0);
        SqlTable table = new("t", [new SqlColumn("a", wide), new SqlColumn("b", wide)]);
        session.SetUp([table], []);
        session.Execute(new InsertRow("t", ["a", "b"], [new SqlValue(wide, 900_000_000_000_000_000), new SqlValue(wide, 900_000_000_000_000_000)]));
        ColumnType product = ColumnType.Integer;

        EngineException e = Assert.Throws<EngineException>(() => EngineRows.Read(session, new SelectStatement
        {
            Columns = [new SelectColumn("products", new SqlAggregate(product, SqlAggregateFunction.Sum, new SqlCall(
                product, SqlOperation.Multiply, [SqlTerms.Column(table, "a"), SqlTerms.Column(table, "b")])))],
            From = new SqlSource("t"),
            GroupKeys = 0,
        }));

        Assert.Equal("sqlite: column 'products' should be integer: a sum outgrew SQLite's 64 bits; use another engine for it", e.Message);
    }

    [Theory]
    [InlineData(0, "1970-01-01 00:00:00")]
    [InlineData(-1, "1969-12-31 23:59:59.999999")]
    [InlineData(1_500_000, "1970-01-01 00:00:01.5")]
    [InlineData(10, "1970-01-01 00:00:00.00001")]
    [InlineData(-62_135_596_800_000_000, "0001-01-01 00:00:00")]
    [InlineData(253_402_300_799_999_999, "9999-12-31 23:59:59.999999")]
    public void Write_WhenAMoment_ThenIsTheTextThatOutputsHave(long microseconds, string expected)
    {
        byte[] bytes = new byte[SqliteCells.MomentBytes];
        int length = SqliteCells.Write(microseconds, ColumnKind.Timestamp, bytes);

        Assert.Equal(expected, Encoding.ASCII.GetString(bytes, 0, length));
        Assert.Equal(expected, CellText.Of(SqlCells.MomentOf(microseconds), ColumnType.Timestamp));
        Assert.Equal(microseconds, SqliteCells.Read(bytes.AsSpan(0, length), ColumnKind.Timestamp));
    }

    [Theory]
    [InlineData("2024-1-01")]
    [InlineData("2024-01-01 ")]
    [InlineData("2024-01-01 00:00")]
    [InlineData("2024-01-01 00:00:00.")]
    [InlineData("2024/01/01 00:00:00")]
    [InlineData("2024-01-01 0a:00:00")]
    public void Read_WhenItIsNoMoment_ThenIsRefused(string text) =>
        Assert.Throws<FormatException>(() => SqliteCells.Read(Encoding.ASCII.GetBytes(text), ColumnKind.Timestamp));

    [Theory]
    [InlineData("12", "12")]
    [InlineData("7,-3", "6999999997")]
    [InlineData("9223372036854775807,9223372036854775807", "9223372046078147843854775807")]
    public void Number_WhenOneOrTwoParts_ThenIsTheirSum(string text, string expected) =>
        Assert.Equal(expected, SqliteCells.Number(Encoding.ASCII.GetBytes(text)).ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("1,")]
    [InlineData("9.2e18,0")]
    [InlineData("1,2,3")]
    public void Number_WhenItIsNone_ThenIsRefused(string text) =>
        Assert.Throws<FormatException>(() => SqliteCells.Number(Encoding.ASCII.GetBytes(text)));
}
