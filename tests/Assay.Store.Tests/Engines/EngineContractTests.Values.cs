using Assay.Data;
using Assay.Sql;

namespace Assay.Store.Tests.Engines;

public abstract partial class EngineContractTests
{
    [EngineTheory]
    [InlineData("")]
    [InlineData(" leading and trailing ")]
    [InlineData("Robert'); DROP TABLE orders;--")]
    [InlineData("100 % _ \\ \\\\ \\N \\n \\.")]
    [InlineData("'single' \"double\" `back` [square]")]
    [InlineData("line\nfeed\r\nand\ttab")]
    [InlineData("😀 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠜎")]
    [InlineData("e\u0301 is not \u00e9")]
    [InlineData("ß ẞ İ ı Ω Ω")]
    [InlineData("{\"json\": [null, 1e400]}")]
    [InlineData("?1 $1 :a @b %s {0}")]
    [InlineData("\u0001\u001f\u007f\u0080\ufffd\uffff")]
    public void Text_WhenStoredAndReadBack_ThenIsUnchanged(string text)
    {
        using EngineSession session = Open();
        SqlTable table = new("texts", [new SqlColumn("id", ColumnType.Integer), new SqlColumn("text", ColumnType.String)]) { Key = ["id"] };
        Load(session, table, [(Int128)1, text], [(Int128)2, null], [(Int128)3, text + new string('x', 5000) + text]);

        List<object?[]> rows = EngineRows.All(session, table);

        Assert.Equal([text, null, text + new string('x', 5000) + text], rows.Select(row => row[1]));
        // As a parameter, too.
        Assert.Equal([(Int128)1], EngineRows.Read(session, Where(table, SqlTerms.Equal(SqlTerms.Column(table, "text"), SqlValue.Of(text)))).Select(row => row[0]));
    }

    [EngineFact]
    public void Query_WhenAnExpressionWithAValueIsLookedUpInAList_ThenEachValueStandsInItsOwnPlace()
    {
        using EngineSession session = Open();
        SqlTable table = new("words", [new SqlColumn("id", ColumnType.Integer), new SqlColumn("word", ColumnType.String)]) { Key = ["id"] };
        Load(session, table, [(Int128)1, "a"], [(Int128)2, "b"], [(Int128)3, null]);
        SqlExpression condition = SqlTranslator.TranslateCondition(
            ExpressionParser.Parse("coalesce(word, 'a') in ('b', 'c')"), EngineRows.SchemaOf(table), column => SqlTerms.Column(table, table.Columns[column].Name));

        Assert.Equal([(Int128)2], EngineRows.Read(session, Where(table, condition)).Select(row => row[0]));
    }

    [EngineFact]
    public void Text_WhenItDiffersByCaseAccentOrSpacesOnly_ThenIsAnotherKey()
    {
        using EngineSession session = Open();
        SqlTable table = new("words", [new SqlColumn("word", ColumnType.String), new SqlColumn("n", ColumnType.Integer)]) { Key = ["word"] };
        string[] words = ["a", "A", "a ", "á", "a\u0301", "", " ", "\u200b", "ss", "ß"];
        Load(session, table, [.. words.Select((word, i) => new object?[] { word, (Int128)i })]);

        Assert.Equal(words.Order(StringComparer.Ordinal), EngineRows.All(session, table).Select(row => (string)row[0]!));
    }

    [EngineFact]
    public void Text_WhenItHasANulByte_ThenIsUnchangedOrRefused()
    {
        using EngineSession session = Open();
        SqlTable table = new("texts", [new SqlColumn("id", ColumnType.Integer), new SqlColumn("text", ColumnType.String)]) { Key = ["id"] };
        if (HoldsNul)
        {
            Load(session, table, [(Int128)1, "a\0b"], [(Int128)2, "a"]);
            Assert.Equal(["a\0b", "a"], EngineRows.All(session, table).Select(row => row[1]));
            return;
        }

        EngineException e = Assert.Throws<EngineException>(() => Load(session, table, [(Int128)1, "a\0b"]));
        Assert.Contains("text", e.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public void Order_WhenByText_ThenGoesByCodePointAndNullsComeLast()
    {
        using EngineSession session = Open();
        SqlTable table = new("words", [new SqlColumn("word", ColumnType.String)]);
        string[] words = ["b", "B", "a", "ä", "", "_", "\uffff", "😀", "Z", "10", "9"];
        Load(session, table, [.. words.Select(word => new object?[] { word }), [null]]);

        // By code point is by UTF-8's bytes; UTF-16 has emoji before U+FFFF.
        Assert.Equal(
            ["", "10", "9", "B", "Z", "_", "a", "b", "ä", "\uffff", "😀", null],
            EngineRows.All(session, table).Select(row => (string?)row[0]));
    }

    [EngineFact]
    public void Numbers_WhenExtreme_ThenAreUnchanged()
    {
        using EngineSession session = Open();
        Int128 most = MostDigits == 38 ? Decimals.PowerOfTen(38) - 1 : long.MaxValue;
        Int128 least = MostDigits == 38 ? -most : long.MinValue;
        SqlTable table = new("numbers", [
            new SqlColumn("id", ColumnType.Integer),
            new SqlColumn("whole", ColumnType.Integer),
            new SqlColumn("money", ColumnType.Decimal(18, 2)),
            new SqlColumn("large", ColumnType.Decimal(38, 9)),
            new SqlColumn("fine", ColumnType.Decimal(38, 30)),
        ])
        { Key = ["id"] };
        List<object?[]> rows =
        [
            [(Int128)1, (Int128)long.MaxValue, (Int128)999_999_999_999_999_999, most, most],
            [(Int128)2, (Int128)long.MinValue, -(Int128)999_999_999_999_999_999, least, least],
            [(Int128)3, (Int128)0, (Int128)0, (Int128)0, (Int128)0],
            [(Int128)4, (Int128)(-1), (Int128)(-1), (Int128)(-1), (Int128)(-1)],
            [(Int128)5, null, null, null, null],
            [(Int128)6, (Int128)1, (Int128)1, (Int128)1, (Int128)1],
            [(Int128)7, (Int128)100, (Int128)100, (Int128)1_000_000_000, Decimals.PowerOfTen(18)],
        ];
        Load(session, table, rows);

        Assert.Equal(EngineRows.Text(rows), EngineRows.Text(EngineRows.All(session, table)));
        Assert.Equal(EngineRows.Text(rows), EngineRows.Text(EngineRows.All(session, table, batch: 100)));
    }

    [EngineFact]
    public void Numbers_WhenTooLarge_ThenAreRefusedByColumn()
    {
        using EngineSession session = Open();
        SqlTable table = new("numbers", [new SqlColumn("id", ColumnType.Integer), new SqlColumn("large", ColumnType.Decimal(38, 2))]) { Key = ["id"] };
        Int128 tooLarge = MostDigits == 38 ? Decimals.PowerOfTen(38) : (Int128)long.MaxValue + 1;

        EngineException e = Assert.Throws<EngineException>(() => Load(session, table, [(Int128)1, (Int128)5], [(Int128)2, tooLarge]));

        Assert.Contains("large", e.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public void Moments_WhenExtreme_ThenAreUnchanged()
    {
        using EngineSession session = Open();
        SqlTable table = new("moments", [
            new SqlColumn("id", ColumnType.Integer), new SqlColumn("day", ColumnType.Date),
            new SqlColumn("at", ColumnType.Timestamp), new SqlColumn("flag", ColumnType.Boolean),
        ])
        { Key = ["id"] };
        List<object?[]> rows =
        [
            [(Int128)1, new DateOnly(1, 1, 1), new DateTime(1, 1, 1), true],
            [(Int128)2, new DateOnly(9999, 12, 31), new DateTime(9999, 12, 31, 23, 59, 59).AddTicks(9_999_990), false],
            [(Int128)3, new DateOnly(1970, 1, 1), new DateTime(1970, 1, 1), null],
            [(Int128)4, new DateOnly(1969, 12, 31), new DateTime(1969, 12, 31, 23, 59, 59).AddTicks(10), true],
            [(Int128)5, new DateOnly(2024, 2, 29), new DateTime(2024, 2, 29, 12, 30, 0, 120), false],
            [(Int128)6, null, null, null],
            [(Int128)7, new DateOnly(1582, 10, 10), new DateTime(1582, 10, 10, 1, 2, 3), true],
        ];
        Load(session, table, rows);

        Assert.Equal(EngineRows.Text(rows), EngineRows.Text(EngineRows.All(session, table)));
        foreach (int column in new[] { 1, 2, 3 })
        {
            ColumnType type = table.Columns[column].Type;
            SqlExpression same = SqlTerms.Equal(SqlTerms.Column(table, table.Columns[column].Name), SqlCells.Of(rows[1][column], type));
            Assert.Contains((Int128)2, EngineRows.Read(session, Where(table, same)).Select(row => (Int128)row[0]!));
        }
    }

    [EngineFact]
    public void Key_WhenOfSeveralKinds_ThenIsMatched()
    {
        using EngineSession session = Open();
        SqlTable table = new("stock", [
            new SqlColumn("shop", ColumnType.String), new SqlColumn("day", ColumnType.Date), new SqlColumn("at", ColumnType.Timestamp),
            new SqlColumn("price", ColumnType.Decimal(12, 2)), new SqlColumn("is_open", ColumnType.Boolean), new SqlColumn("n", ColumnType.Integer),
        ])
        { Key = ["shop", "day", "at", "price", "is_open"] };
        object?[] first = ["a", new DateOnly(2024, 1, 1), new DateTime(2024, 1, 1, 10, 0, 0).AddTicks(10), (Int128)199, true, (Int128)1];
        object?[] second = ["a", new DateOnly(2024, 1, 1), new DateTime(2024, 1, 1, 10, 0, 0), (Int128)199, true, (Int128)2];
        Load(session, table, first, second);
        TableStage stage = Staged(session, table, [.. first[..5], (Int128)3]);

        session.InTransaction(() => session.Merge(stage, SqlTerms.Equal(SqlTerms.Column(table, "shop", "stock"), SqlValue.Of("a"))));

        Assert.Equal("a|2024-01-01|2024-01-01 10:00:00.000001|199|True|3", Rows(session, table));
    }

    [EngineTheory]
    [InlineData("Robert'); DROP TABLE orders;--", "a\"b")]
    [InlineData("with space", "select")]
    [InlineData("größe 😀", "q`uote")]
    [InlineData("[square]", "per%cent {0} ?1 @x :y $1")]
    [InlineData("back\\slash", "comma,semi;colon")]
    public void Names_WhenHostile_ThenAreNothingButNames(string tableName, string columnName)
    {
        using EngineSession session = Open();
        SqlTable other = Orders;
        Load(session, other, Order("a", 1, 100));
        SqlTable table = new(tableName, [new SqlColumn(columnName, ColumnType.String), new SqlColumn("order", ColumnType.Integer)]) { Key = [columnName] };
        var index = new CreateIndex(tableName + " idx", tableName, [table.Columns[1]]);
        if (!CanName(tableName))
        {
            Assert.Throws<SqlException>(() => session.SetUp([table], [index]));
            Assert.Equal("a|2024-01-01|100", Rows(session, other));
            return;
        }

        session.SetUp([table], [index]);
        Load(session, table, ["x", (Int128)1], ["y", (Int128)2]);
        TableStage stage = Staged(session, table, ["y", (Int128)3]);
        session.InTransaction(() => session.Merge(stage, SqlTerms.Equal(SqlTerms.Column(table, "order", tableName), SqlValue.Of(1))));

        Assert.Equal("y|3", Rows(session, table));
        Assert.Equal("a|2024-01-01|100", Rows(session, other));
        session.SetUp([table], [index]);
        Assert.Contains(new OwnedTable(tableName, "shop", false), EngineSchema.ListTables(session));
        Assert.Contains(tableName, EngineSchema.Drop(session));
    }

    [EngineFact]
    public void Sum_WhenItOutgrows64Bits_ThenIsExact()
    {
        using EngineSession session = Open();
        SqlTable table = new("numbers", [new SqlColumn("id", ColumnType.Integer), new SqlColumn("n", ColumnType.Integer), new SqlColumn("d", ColumnType.Decimal(18, 2))]) { Key = ["id"] };
        Load(session, table, [.. Enumerable.Range(0, 20).Select(i => new object?[] { (Int128)i, (Int128)long.MaxValue, (Int128)999_999_999_999_999_999 - i })]);
        SqlAggregate Sum(string column, ColumnType type) => new(type, SqlAggregateFunction.Sum, SqlTerms.Column(table, column));

        List<object?[]> rows = EngineRows.Read(session, new SelectStatement
        {
            Columns = [new SelectColumn("n", Sum("n", ColumnType.Integer)), new SelectColumn("d", Sum("d", ColumnType.Decimal(38, 2)))],
            From = new SqlSource("numbers"),
            GroupKeys = 0,
        });

        Assert.Equal((Int128)long.MaxValue * 20, rows[0][0]);
        Assert.Equal((Int128)999_999_999_999_999_999 * 20 - 190, rows[0][1]);
    }

    [EngineTheory]
    [InlineData("day", "9999-12-30", 1, "9999-12-31")]
    [InlineData("day", "0001-01-02", -1, "0001-01-01")]
    [InlineData("month", "9999-11-30", 1, "9999-12-30")]
    [InlineData("month", "0001-02-28", -1, "0001-01-28")]
    [InlineData("year", "0001-12-31", 9998, "9999-12-31")]
    public void DateAdd_WhenItComesToTheLastOrFirstDay_ThenIsThatDay(string unit, string from, long number, string expected)
    {
        using EngineSession session = Open();
        SqlTable table = Added(session, from, number);

        Assert.Equal([DateOnly.ParseExact(expected, "yyyy-MM-dd"), null, null], EngineRows.Read(session, Adding(table, unit, ColumnType.Date)).Select(row => row[0]));
        Assert.Equal($"{expected} 23:59:59.999999", EngineRows.Text([EngineRows.Read(session, Adding(table, unit, ColumnType.Timestamp))[0][..1]]));
    }

    [EngineTheory]
    [InlineData("day", "9999-12-31", 1)]
    [InlineData("day", "0001-01-01", -1)]
    [InlineData("day", "2024-01-01", 99_999_999_999)]
    [InlineData("day", "2024-01-01", long.MinValue)]
    [InlineData("month", "9999-12-01", 1)]
    [InlineData("month", "0001-01-31", -1)]
    [InlineData("month", "2024-01-31", long.MaxValue)]
    [InlineData("year", "9999-01-01", 1)]
    [InlineData("year", "0001-12-31", -1)]
    [InlineData("year", "2024-05-01", 4_294_967_296)]
    [InlineData("year", "2024-05-01", -5000)]
    public void DateAdd_WhenItLeavesTheYears1To9999_ThenFails(string unit, string from, long number)
    {
        using EngineSession session = Open();
        SqlTable table = Added(session, from, number);

        Assert.Throws<EngineException>(() => EngineRows.Read(session, Adding(table, unit, ColumnType.Date)));
        Assert.Throws<EngineException>(() => EngineRows.Read(session, Adding(table, unit, ColumnType.Timestamp)));
        // Where only a condition looks at the moment, too.
        Assert.Throws<EngineException>(() => EngineRows.Read(session, Where(
            table, new SqlCall(ColumnType.Boolean, SqlOperation.Greater, [Later(table, unit, ColumnType.Date), SqlTerms.Column(table, "day")]))));
    }

    [EngineTheory]
    [InlineData("second", "9999-12-31", 1)]
    [InlineData("minute", "9999-12-31", 1)]
    [InlineData("hour", "0001-01-01", -24)]
    [InlineData("second", "0001-01-01", -86_400)]
    [InlineData("second", "2024-01-01", 9_223_372_036_855)]
    [InlineData("hour", "2024-01-01", long.MaxValue)]
    public void DateAdd_WhenATimeLeavesTheYears1To9999_ThenFails(string unit, string from, long number)
    {
        using EngineSession session = Open();
        SqlTable table = Added(session, from, number);

        Assert.Throws<EngineException>(() => EngineRows.Read(session, Adding(table, unit, ColumnType.Timestamp)));
    }

    /// <summary>A table of a row to add to, and of two that lack the one or the other.</summary>
    private static SqlTable Added(EngineSession session, string from, long number)
    {
        SqlTable table = new("added", [
            new SqlColumn("id", ColumnType.Integer), new SqlColumn("n", ColumnType.Integer),
            new SqlColumn("day", ColumnType.Date), new SqlColumn("at", ColumnType.Timestamp),
        ])
        { Key = ["id"] };
        DateOnly day = DateOnly.ParseExact(from, "yyyy-MM-dd");
        DateTime at = day.ToDateTime(new TimeOnly(23, 59, 59)).AddTicks(9_999_990);
        Load(session, table, [(Int128)1, (Int128)number, day, at], [(Int128)2, null, day, at], [(Int128)3, (Int128)number, null, null]);
        return table;
    }

    private static SqlCall Later(SqlTable table, string unit, ColumnType type) => new(
        type, SqlOperation.DateAdd, [SqlTerms.Column(table, "n"), SqlTerms.Column(table, type.Kind == ColumnKind.Date ? "day" : "at")])
    { Unit = unit };

    private static SelectStatement Adding(SqlTable table, string unit, ColumnType type) => new()
    {
        Columns = [new SelectColumn("later", Later(table, unit, type)), new SelectColumn("id", SqlTerms.Column(table, "id"))],
        From = new SqlSource(table.Name),
        OrderBy = [new SelectOrder(1, false)],
    };

    private protected static SelectStatement Where(SqlTable table, SqlExpression where) => new()
    {
        Columns = [.. table.Columns.Select(column => new SelectColumn(column.Name, SqlTerms.Column(table, column.Name)))],
        From = new SqlSource(table.Name),
        Where = where,
        OrderBy = [new SelectOrder(0, false)],
    };
}
