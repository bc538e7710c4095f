using Assay.Data;
using Assay.Measure.Tests.Cases;

namespace Assay.Measure.Tests.Query;

/// <summary>KPIs of the shapes that pipelines have, over a few orders, customers and sales.</summary>
internal static class ShopCases
{
    private const long Day = 86_400_000_000;

    /// <summary>2024-01-31.</summary>
    private const long LastOfJanuary = 19_753;

    private static readonly CaseTable Customers = new(
        "customers",
        new Schema([
            new Column("customer_id", ColumnType.String), new Column("customer_name", ColumnType.String),
            new Column("mobile_number", ColumnType.String), new Column("region", ColumnType.String)]),
        [
            ["CUST-1", "Asha", "1", "North"],
            ["CUST-2", "Bela", "2", null],
            ["CUST-3", "Chitra", "3", "South"],
            ["CUST-4", "Dev", "4", "North"],
        ],
        "mobile_number");

    private static readonly CaseTable Orders = new(
        "orders",
        new Schema([
            new Column("order_id", ColumnType.String), new Column("mobile_number", ColumnType.String),
            new Column("order_date_time", ColumnType.Timestamp), new Column("total_amount", ColumnType.Decimal(14, 2))]),
        [
            ["ORD-1", "1", LastOfJanuary * Day, 10_050L],
            ["ORD-2", "1", ((LastOfJanuary + 1) * Day) - 1, 20_025L],
            ["ORD-3", "2", (LastOfJanuary + 29) * Day, 5L],
            ["ORD-4", null, (LastOfJanuary + 29) * Day, 33_333L],
            ["ORD-5", "9", (LastOfJanuary + 30) * Day, 1L],
            ["ORD-6", "3", ((LastOfJanuary + 91) * Day) + 1, 9_999_999_999L],
            ["ORD-7", "3", (LastOfJanuary + 61) * Day, 9_999_999_999L],
            ["ORD-8", "3", (LastOfJanuary + 62) * Day, 2L],
        ]);

    private static readonly CaseTable Sales = new(
        "sales",
        new Schema([
            new Column("order_id", ColumnType.String), new Column("category", ColumnType.String), new Column("quantity", ColumnType.Integer),
            new Column("unit_price", ColumnType.Decimal(14, 4)), new Column("discount_percent", ColumnType.Decimal(5, 4)), new Column("revenue", ColumnType.Decimal(38, 8))]),
        [.. Enumerable.Range(0, 40).Select(i => (object?[])
        [
            $"S{i:00}", i % 7 == 0 ? null : $"c{i % 3}", i == 13 ? 900L : 1L + (i % 4), i == 20 ? 19_000_000L : 10_000L + (i * 37), i * 100L,
            (i == 13 ? 900L : 1L + (i % 4)) * (i == 20 ? 19_000_000L : 10_000L + (i * 37)) * (10_000 - (i * 100L)),
        ])]);

    private static readonly KpiDefinition Plain = new() { Name = "kpi", Title = "KPI", From = "orders" };

    private static readonly KpiJoin[] ToCustomers = [new("customers", "mobile_number", "mobile_number")];

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, KpiCase> All { get; } = new KpiCase[]
    {
        Of(Plain with
        {
            Name = "repeat_customers",
            Joins = ToCustomers,
            Where = Parse("customer_id is not null"),
            GroupBy = Keys("customer_id", "customer_name", "region"),
            Measures = [Named("orders", "count(*)"), Named("total_spent", "sum(total_amount)", 2), Named("avg_order", "avg(total_amount)", 2)],
            Having = Parse("orders > 1"),
            OrderBy = [new OrderTerm("total_spent", true)],
            Summary =
            [
                Named("total_customers", "count(customers)"), Named("total_repeat_customers", "count(*)"),
                Named("repeat_customer_rate", "total_repeat_customers / total_customers"), Named("revenue", "sum(total_spent)"),
            ],
        }),
        Of(Plain with
        {
            Name = "monthly_trends",
            GroupBy = [Named("month", "year_month(order_date_time)")],
            Fill = FillUnit.Month,
            Measures = [Named("revenue", "sum(total_amount)", 2), Named("orders", "count(*)"), Named("customers", "count(distinct mobile_number)"), Named("avg_order", "avg(total_amount)", 2)],
            Derive = [Named("growth_rate", "growth(revenue)")],
            OrderBy = [new OrderTerm("month", false)],
            Summary = [Named("total_months", "count(*)"), Named("avg_monthly_growth", "avg(growth_rate)")],
        }),
        Of(Plain with
        {
            Name = "regional_revenue",
            Joins = ToCustomers,
            GroupBy = [Named("region", "coalesce(region, 'Unknown')")],
            Measures = [Named("revenue", "sum(total_amount)", 2), Named("orders", "count(*)"), Named("customers", "count(distinct mobile_number)")],
            Derive = [Named("revenue_share", "share(revenue)")],
            OrderBy = [new OrderTerm("revenue", true)],
            Summary = [Named("top_region", "first(region)")],
        }),
        Of(Plain with
        {
            Name = "top_customers",
            Joins = ToCustomers,
            Last = new LastWindow(30, LastUnit.Day, "order_date_time"),
            Where = Parse("customer_id is not null"),
            GroupBy = Keys("customer_id", "region"),
            Measures = [Named("total_spent", "sum(total_amount)", 2), Named("orders", "count(*)"), Named("last_order", "max(order_date_time)")],
            Segments = new SegmentDefinition
            {
                Column = "segment", Of = "total_spent", AreQuantiles = true, Total = "customer_segments",
                Levels = [new SegmentLevel("VIP", 8, 1), new SegmentLevel("Regular", 0, 0)],
            },
            OrderBy = [new OrderTerm("total_spent", true)],
            Limit = 10,
        }),
        Of(Plain with
        {
            Name = "seasonal_weekdays",
            GroupBy = [Named("weekday_number", "weekday(order_date_time)"), Named("weekday", "weekday_name(order_date_time)")],
            Measures = [Named("orders", "count(*)"), Named("revenue", "sum(total_amount)", 2)],
        }),
        Of(Plain with
        {
            Name = "order_size",
            GroupBy = [Named("mobile_number", "mobile_number")],
            Measures = [Named("middle", "median(total_amount)", 2), Named("spread", "stddev(total_amount)", 4), Named("orders", "count(*)")],
        }),
        Of(Plain with
        {
            Name = "category_discount_map",
            From = "sales",
            GroupBy = Keys("category"),
            Measures = [Named("avg_discount", "sum(revenue * discount_percent) / sum(revenue)", 6)],
            OrderBy = [new OrderTerm("avg_discount", true)],
        }),
        Of(Plain with
        {
            Name = "anomaly_records",
            From = "sales",
            Columns = [Named("order_id", "order_id"), Named("unit_price", "unit_price", 2), Named("revenue", "revenue", 2)],
            Score = new ScoreDefinition
            {
                ScoreColumn = "anomaly_score", ReasonsColumn = "anomaly_reasons", Minimum = 2, Total = "flagged",
                Rules =
                [
                    Rule("revenue > 10 * avg(revenue)", 3, "avg(revenue)"), Rule("quantity > 5 * avg(quantity)", 2, "avg(quantity)"),
                    Rule("discount_percent > 0.3", 1, "discount_percent"), Rule("unit_price > 1000 and discount_percent > 0.05", 2, "unit_price"),
                ],
            },
            OrderBy = [new OrderTerm("anomaly_score", true), new OrderTerm("revenue", true)],
            Limit = 5,
        }),
        Of(Plain with
        {
            Name = "outliers",
            From = "sales",
            Columns = [Named("order_id", "order_id")],
            Score = new ScoreDefinition
            {
                ScoreColumn = "score", ReasonsColumn = "reasons", Minimum = 1, Total = "flagged",
                Rules =
                [
                    Rule("quantity > 2.5 * avg(quantity)", 1, "quantity"),
                    Rule("quantity * unit_price >= 1.25 * (avg(revenue) + 3) - min(revenue)", 1, "revenue"),
                    Rule("max(unit_price) * 0.95 < unit_price", 1, "unit_price"),
                ],
            },
            OrderBy = [new OrderTerm("score", true), new OrderTerm("order_id", false)],
            Limit = 5,
        }),
    }.ToDictionary(one => one.Definition.Name);

    public static KpiCase Of(KpiDefinition kpi) => kpi.From == "sales" ? new KpiCase(kpi, Sales, []) : new KpiCase(kpi, Orders, [Customers]);

    public static NamedExpression Named(string name, string value, int? scale = null) => new(name, Parse(value), scale);

    public static Expression Parse(string text) => ExpressionParser.Parse(text);

    private static NamedExpression[] Keys(params string[] columns) => [.. columns.Select(column => Named(column, column))];

    private static ScoreRule Rule(string when, int points, string shown) =>
        new(Parse(when), points, new ReasonTemplate([new ReasonPart($"{when}: "), new ReasonPart("", Parse(shown), 2)]));
}
