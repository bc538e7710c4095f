using Assay.Data;

namespace Assay.Sql.Tests;

/// <summary>The statements that every dialect is asked to write.</summary>
internal static class Samples
{
    private static readonly ColumnType Money = ColumnType.Decimal(14, 2);

    public static SqlTable Customers { get; } = new(
        "customers",
        [
            new SqlColumn("mobile", ColumnType.String),
            new SqlColumn("name", ColumnType.String, IsRequired: true),
            new SqlColumn("since", ColumnType.Date),
        ])
    {
        Key = ["mobile"],
    };

    public static SqlTable Orders { get; } = new(
        "orders",
        [
            new SqlColumn("id", ColumnType.Integer),
            new SqlColumn("mobile", ColumnType.String),
            new SqlColumn("amount", Money, IsRequired: true),
            new SqlColumn("revenue", ColumnType.Decimal(38, 8)),
            new SqlColumn("paid", ColumnType.Boolean),
            new SqlColumn("at", ColumnType.Timestamp),
            new SqlColumn("customers_mobile", ColumnType.String),
        ])
    {
        Key = ["id"],
        References = [new SqlReference("customers_mobile", "mobile", "customers", "mobile")],
    };

    /// <summary>Revenue by month and region of the orders of some regions, customers joined.</summary>
    public static SelectStatement Grouped { get; } = new()
    {
        Columns =
        [
            new SelectColumn("month", new SqlCall(ColumnType.String, SqlOperation.YearMonth, [Order("at")])),
            new SelectColumn("name", new SqlCall(ColumnType.String, SqlOperation.Coalesce, [Customer("name"), SqlValue.Of("O'Neil \\ 100%")])),
            new SelectColumn("revenue", new SqlAggregate(Money, SqlAggregateFunction.Sum, Order("amount"))),
            new SelectColumn("orders", new SqlAggregate(ColumnType.Integer, SqlAggregateFunction.Count, null)),
            new SelectColumn("customers", new SqlAggregate(ColumnType.Integer, SqlAggregateFunction.CountDistinct, Order("mobile"))),
            new SelectColumn("last", new SqlAggregate(ColumnType.Timestamp, SqlAggregateFunction.Max, Order("at"))),
        ],
        From = new SqlSource("orders"),
        Joins = [new LeftJoin("customers", Truth(SqlOperation.Equal, Customer("mobile"), Order("mobile")))],
        Where = Truth(
            SqlOperation.And,
            Truth(SqlOperation.Greater, Order("amount"), new SqlValue(Money, 1250)),
            Truth(SqlOperation.GreaterOrEqual, Order("at"), new SqlValue(ColumnType.Timestamp, 1_704_067_200_500_000)),
            Truth(SqlOperation.Equal, Order("paid"), new SqlValue(ColumnType.Boolean, 1))),
        GroupKeys = 2,
        Having = Truth(SqlOperation.Greater, new SqlAggregate(ColumnType.Integer, SqlAggregateFunction.Count, null), SqlValue.Of(3)),
        OrderBy = [new SelectOrder(0, false), new SelectOrder(3, true)],
        Limit = 10,
    };

    /// <summary>Rows numbered within their group, by an inner query.</summary>
    public static SelectStatement Numbered { get; } = new()
    {
        Columns = [new SelectColumn("mobile", Plain("mobile")), new SelectColumn("amount", Plain("amount"))],
        From = new SqlSource("numbered", new SelectStatement
        {
            Columns =
            [
                new SelectColumn("mobile", Plain("mobile")),
                new SelectColumn("amount", Plain("amount")),
                new SelectColumn("place", new SqlRowNumber([Plain("mobile")], [Plain("amount"), Plain("id")])),
                new SelectColumn("size", new SqlGroupCount([Plain("mobile")])),
            ],
            From = new SqlSource("orders"),
        }),
        Where = Truth(
            SqlOperation.Equal,
            new SqlColumnReference(null, "place", ColumnType.Integer),
            new SqlColumnReference(null, "size", ColumnType.Integer)),
    };

    public static InsertRow Insert { get; } = new(
        "orders",
        ["id", "mobile", "amount", "paid", "at"],
        [SqlValue.Of(7), SqlValue.Of("+91 'x'"), new SqlValue(Money, -1205), SqlValue.Null(ColumnType.Boolean), new SqlValue(ColumnType.Timestamp, -1)]);

    public static UpsertFrom Upsert { get; } = new(Orders, "orders__staging", ["id", "mobile", "amount"]);

    public static DeleteRows Delete { get; } = new("orders", Truth(
        SqlOperation.Not, new SqlExists("orders__staging", Truth(
            SqlOperation.Equal, new SqlColumnReference("orders__staging", "id", ColumnType.Integer), Order("id")))));

    public static UpdateRows Update { get; } = new(
        "orders",
        "customers_mobile",
        new SqlCase(
            ColumnType.String,
            [(new SqlExists("customers", Truth(SqlOperation.Equal, Customer("mobile"), Order("mobile"))), Order("mobile"))],
            SqlValue.Null(ColumnType.String)),
        Truth(SqlOperation.IsNull, Order("customers_mobile")));

    public static CreateIndex Index { get; } = new("orders_idx", "orders", [new SqlColumn("mobile", ColumnType.String), new SqlColumn("at", ColumnType.Timestamp)]);

    public const string HostileName = "Robert'); DROP TABLE \"orders\";-- `%\\\n";

    /// <summary>Names that try to end their quotes.</summary>
    public static SelectStatement HostileNames { get; } = new()
    {
        Columns = [new SelectColumn(HostileName, new SqlColumnReference("größe \"`", HostileName, ColumnType.Integer))],
        From = new SqlSource("größe \"`"),
    };

    /// <summary>Texts that try to end their quotes.</summary>
    public static SelectStatement HostileTexts { get; } = new()
    {
        Columns =
        [
            new SelectColumn("quotes", SqlValue.Of("Robert'); DROP TABLE orders;-- \"`")),
            new SelectColumn("backslash", SqlValue.Of("\\'; %_ \\")),
            new SelectColumn("emoji", SqlValue.Of("😀 é\n")),
        ],
        From = new SqlSource("orders"),
    };

    /// <summary>A query of expressions over columns n, m: integer, price: decimal(14,4), d, e: date, t, u: timestamp, s, r: text, f: boolean.</summary>
    public static SelectStatement Of(params IReadOnlyList<string> expressions) => new()
    {
        Columns = [.. expressions.Select((text, i) => new SelectColumn($"{i + 1}", Translate(text)))],
        From = new SqlSource("rows"),
    };

    public static SqlExpression Translate(string expression) =>
        SqlTranslator.Translate(ExpressionParser.Parse(expression), Rows, i => new SqlColumnReference(null, Rows.Columns[i].Name, Rows.Columns[i].Type));

    public static Schema Rows { get; } = new(
    [
        new Column("n", ColumnType.Integer),
        new Column("m", ColumnType.Integer),
        new Column("price", ColumnType.Decimal(14, 4)),
        new Column("rate", ColumnType.Decimal(5, 2)),
        new Column("d", ColumnType.Date),
        new Column("e", ColumnType.Date),
        new Column("t", ColumnType.Timestamp),
        new Column("u", ColumnType.Timestamp),
        new Column("s", ColumnType.String),
        new Column("r", ColumnType.String),
        new Column("f", ColumnType.Boolean),
    ]);

    public static SelectStatement Numbers { get; } = Of(
        "n + m", "n * 2 - rate", "price * rate", "-price", "n % 3", "price % rate", "abs(rate)", "sign(price)", "cast(n as decimal(38,2))",
        "price > rate", "rate > 1.255", "rate <> 1.255", "rate in (1.5, 2.555, null)", "least(n, rate)", "coalesce(rate, n, 0)",
        "case when n > 1 then 'many' when f then 'one' end", "not (f or n is null) and s <> ''", "n between 1 and 99999999999999999999");

    public static SelectStatement Texts { get; } = Of(
        "s || '-' || r", "length(s)", "contains(s, '%')", "starts_with(s, r)", "replace(s, 'a', r)", "substring(s, -1, 4)", "substring(s, 3)",
        "s < r", "'x' < case when f then 'a' else 'b' end", "greatest(s, r)");

    public static SelectStatement Moments { get; } = Of(
        "year(d)", "quarter(t)", "month(d)", "day(d)", "weekday(t)", "weekday_name(t)", "month_name(d)", "hour(t)", "minute(t)", "date(t)", "year_month(t)",
        "year_quarter(d)", "date_add('day', -7, d)", "date_add('month', n, t)", "date_add('second', 30, t)", "date_diff('day', d, e)", "date_diff('hour', t, u)",
        "date_diff('month', t, u)", "d < timestamp '2024-01-31 18:30:00.5'");

    public static SqlCall Truth(SqlOperation operation, params IReadOnlyList<SqlExpression> arguments) => new(ColumnType.Boolean, operation, arguments);

    private static SqlColumnReference Order(string column) => new("orders", column, TypeOf(Orders, column));

    private static SqlColumnReference Customer(string column) => new("customers", column, TypeOf(Customers, column));

    private static SqlColumnReference Plain(string column) => new(null, column, TypeOf(Orders, column));

    private static ColumnType TypeOf(SqlTable table, string column) => table.Columns.Single(known => known.Name == column).Type;
}
