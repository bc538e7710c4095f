using Assay.Data;

namespace Assay.Sql.Tests;

/// <summary>A database takes the statements, and does what they say.</summary>
public abstract class StatementTests
{
    private protected abstract SqlDatabase Open();

    [Fact]
    public void Statements_WhenRun_ThenTablesChangeAsTheySay()
    {
        using SqlDatabase database = Open();
        SqlTable staging = Samples.Orders with { Name = "orders__staging", Columns = [.. Samples.Orders.Columns.Take(3)] };
        foreach (string table in (string[])["orders__staging", "orders", "customers", "old orders"])
        {
            database.Execute(new DropTable(table));
        }

        database.Execute(new CreateTable(Samples.Customers));
        database.Execute(new CreateTable(Samples.Orders) { IfMissing = true });
        database.Execute(new CreateTable(Samples.Orders) { IfMissing = true });
        database.Execute(new CreateTable(staging) { IsStaging = true });
        Insert(database, "customers", ["mobile", "name"], "m1", "One");
        Insert(database, "orders", ["id", "mobile", "amount"], 1, "m1", 150L);
        Insert(database, "orders", ["id", "mobile", "amount"], 2, "m2", 250L);
        Insert(database, "orders", ["id", "mobile", "amount"], 3, null, 350L);
        Insert(database, "orders__staging", ["id", "mobile", "amount"], 2, "m2", 999L);
        Insert(database, "orders__staging", ["id", "mobile", "amount"], 3, "m1", 350L);
        Insert(database, "orders__staging", ["id", "mobile", "amount"], 4, "m1", -1L);

        database.Execute(Samples.Delete);
        database.Execute(Samples.Upsert);
        database.Execute(Samples.Update);

        Assert.Equal(["2|m2|9.99|null", "3|m1|3.50|m1", "4|m1|-0.01|m1"], Rows(database, "orders", "id", "mobile", "amount", "customers_mobile"));
        database.Execute(new AddColumn("orders", new SqlColumn("note", ColumnType.String)));
        Assert.Equal(["2|null", "3|null", "4|null"], Rows(database, "orders", "id", "note"));
        database.Execute(new UpdateRows("orders", "note", SqlValue.Of("é\\'")));
        Assert.Equal(["2|é\\'", "3|é\\'", "4|é\\'"], Rows(database, "orders", "id", "note"));
        database.Execute(new RenameTable("orders", "old orders"));
        Assert.Equal(["2", "3", "4"], Rows(database, "old orders", "id"));
        database.Execute(new CreateIndex("orders_idx", "old orders", Samples.Index.Columns));
        database.Execute(new DeleteRows("old orders"));
        Assert.Empty(Rows(database, "old orders", "id"));
        database.Execute(new DropTable("old orders"));
        database.Execute(new DropTable("old orders"));
    }

    [Fact]
    public void Upsert_WhenRowsAreNothingButTheirKey_ThenAddsThoseThatAreMissing()
    {
        using SqlDatabase database = Open();
        var table = new SqlTable("only keys", [new SqlColumn("k", ColumnType.String)]) { Key = ["k"] };
        SqlTable staging = table with { Name = "only keys__staging" };
        database.Execute(new DropTable(table.Name));
        database.Execute(new DropTable(staging.Name));
        database.Execute(new CreateTable(table));
        database.Execute(new CreateTable(staging) { IsStaging = true });
        Insert(database, table.Name, ["k"], "a");
        Insert(database, staging.Name, ["k"], "a");
        Insert(database, staging.Name, ["k"], "A");
        Insert(database, staging.Name, ["k"], "a ");

        database.Execute(new UpsertFrom(table, staging.Name, ["k"]));

        Assert.Equal(["A", "a", "a "], Rows(database, table.Name, "k"));
    }

    [Fact]
    public void Select_WhenJoinedGroupedAndOrdered_ThenAsAsked()
    {
        using SqlDatabase database = Open();
        foreach (string table in (string[])["orders", "customers"])
        {
            database.Execute(new DropTable(table));
        }

        database.Execute(new CreateTable(Samples.Customers));
        database.Execute(new CreateTable(Samples.Orders));
        Insert(database, "customers", ["mobile", "name"], "m1", "One");
        string[] columns = ["id", "mobile", "amount", "paid", "at"];
        var moment = new SqlValue(ColumnType.Timestamp, 1_709_251_199_999_999);
        for (int id = 0; id < 12; id++)
        {
            database.Execute(new InsertRow("orders", columns,
            [
                SqlValue.Of(id),
                id % 4 == 3 ? SqlValue.Null(ColumnType.String) : SqlValue.Of($"m{id % 4}"),
                new SqlValue(ColumnType.Decimal(14, 2), 1251 + id),
                new SqlValue(ColumnType.Boolean, 1),
                moment with { Units = moment.Units + (id < 6 ? 0 : 1) },
            ]));
        }

        SelectStatement grouped = Samples.Grouped with { Having = null };
        Assert.Equal(
            [
                "2024-02|O'Neil \\ 100%|50.13|4|2|2024-02-29 23:59:59.999999",
                "2024-02|One|25.08|2|1|2024-02-29 23:59:59.999999",
                "2024-03|O'Neil \\ 100%|62.97|5|2|2024-03-01 00:00:00",
                "2024-03|One|12.60|1|1|2024-03-01 00:00:00",
            ],
            Shown(database.Query(grouped)).Order(StringComparer.Ordinal).ToArray());
        Assert.Equal(["m0|12.59", "m1|12.60", "m2|12.61", "null|12.62"], Shown(database.Query(Samples.Numbered)).Order(StringComparer.Ordinal).ToArray());
        Assert.Equal(
            Shown(database.Query(grouped)),
            Shown(database.Query(new SqlText(database.Dialect.Script(grouped), []), [.. grouped.Columns.Select(column => column.Value.Type)])));
        database.Execute(new Explain(grouped));
    }

    [Fact]
    public void Rows_WhenNamesAndTextsAreHostile_ThenAreStoredAndReturnedUnchanged()
    {
        using SqlDatabase database = Open();
        string name = database.Dialect.Name == "mysql" ? "größe \"`' %\\x;--" : "größe 😀 \"`' %\\x;--";
        var table = new SqlTable(name, [new SqlColumn(name + "1", ColumnType.Integer), new SqlColumn(name, ColumnType.String)]) { Key = [name + "1"] };
        string[] texts = ["Robert'); DROP TABLE orders;--", "%", "\\", "\\'", "😀", "e\u0301", "\"`", "", " ", "a\nb", "$1 @p1 ?1 :x"];
        database.Execute(new DropTable(name));
        database.Execute(new CreateTable(table));
        for (int i = 0; i < texts.Length; i++)
        {
            Insert(database, name, [name + "1", name], i, texts[i]);
        }

        SelectStatement literals = new()
        {
            Columns = [.. texts.Select((text, i) => new SelectColumn($"{name}{i}", SqlValue.Of(text)))],
            From = new SqlSource(name),
            Limit = 1,
        };

        Assert.Equal(texts.Select((text, i) => $"{i}|{text}"), Rows(database, table, name + "1", name).OrderBy(row => int.Parse(row[..row.IndexOf('|')])));
        Assert.Equal(
            string.Join('|', texts),
            Assert.Single(Shown(database.Query(new SqlText(database.Dialect.Script(literals), []), [.. texts.Select(_ => ColumnType.String)]))));
    }

    [Fact]
    public void Select_WhenTextIsOrdered_ThenByCodePointWithNullsLast()
    {
        using SqlDatabase database = Open();
        var table = new SqlTable("texts", [new SqlColumn("s", ColumnType.String)]);
        database.Execute(new DropTable("texts"));
        database.Execute(new CreateTable(table));
        foreach (string? text in (string?[])["b", null, "A", "a", "a ", "Z", "é", "e", "\uffff", "😀", "", "ß", "ss"])
        {
            Insert(database, "texts", ["s"], text);
        }

        string[] ascending = ["", "A", "Z", "a", "a ", "b", "e", "ss", "ß", "é", "\uffff", "😀"];
        var column = new SelectColumn("s", new SqlColumnReference(null, "s", ColumnType.String));
        var query = new SelectStatement { Columns = [column], From = new SqlSource("texts"), OrderBy = [new SelectOrder(0, false)] };

        Assert.Equal([.. ascending, "null"], Shown(database.Query(query)));
        Assert.Equal([.. ascending.Reverse(), "null"], Shown(database.Query(query with { OrderBy = [new SelectOrder(0, true)] })));
        Assert.Equal([.. ascending, "null"], Shown(database.Query(query with { GroupKeys = 1 })));
    }

    private static void Insert(SqlDatabase database, string table, IReadOnlyList<string> columns, params object?[] values) =>
        database.Execute(new InsertRow(table, columns, [.. values.Select((value, i) => value switch
        {
            null => SqlValue.Null(ColumnType.String),
            string text => SqlValue.Of(text),
            int number => SqlValue.Of(number),
            _ => new SqlValue(ColumnType.Decimal(14, 2), (long)value),
        })]));

    private static string[] Rows(SqlDatabase database, string table, params string[] columns)
    {
        ColumnType TypeOf(string column) => Samples.Orders.Columns.FirstOrDefault(known => known.Name == column)?.Type ?? ColumnType.String;
        return Rows(database, new SqlTable(table, [.. columns.Select(column => new SqlColumn(column, TypeOf(column)))]), columns);
    }

    private static string[] Rows(SqlDatabase database, SqlTable table, params string[] columns) => Shown(database.Query(new SelectStatement
    {
        Columns = [.. columns.Select(name => new SelectColumn(name, new SqlColumnReference(null, name, table.Columns.Single(column => column.Name == name).Type)))],
        From = new SqlSource(table.Name),
        OrderBy = [new SelectOrder(0, false)],
    }));

    private static string[] Shown(List<SqlValue[]> rows) =>
        [.. rows.Select(row => string.Join('|', row.Select(value => value.IsNull ? "null" : SqlLiterals.Plain(value))))];
}

public sealed class DuckDbStatementTests : StatementTests
{
    private protected override SqlDatabase Open() => new DuckDbTestDatabase();
}

public sealed class SqliteStatementTests : StatementTests
{
    private protected override SqlDatabase Open() => new SqliteTestDatabase();
}
