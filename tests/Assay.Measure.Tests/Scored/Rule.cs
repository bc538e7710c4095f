using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Scored;

/// <summary>A scoring rule as text and as what it means.</summary>
/// <param name="When">The condition.</param>
/// <param name="Points">The points it gives.</param>
/// <param name="Holds">Whether it holds for a row among all rows that count.</param>
internal sealed record Rule(string When, int Points, Func<Row, Statistics, bool> Holds)
{
    /// <summary>Rules of which each compares with one statistic at most.</summary>
    public static Rule[] Foreseeable { get; } =
    [
        new("price > 3 * avg(price)", 3, (row, all) => Greater(row.Number("price"), Times(Number.Of(3), all.Price))),
        new("quantity >= avg(quantity)", 2, (row, all) => Greater(row.Number("quantity"), all.Quantity) || Equal(row.Number("quantity"), all.Quantity)),
        new("avg(price) < price * 2", 1, (row, all) => Greater(Times(row.Number("price"), Number.Of(2)), all.Price)),
        new("price > avg(price) * 1.5 and flag", 1, (row, all) => row["flag"] is true && Greater(row.Number("price"), Times(all.Price, Number.Of(15, 1)))),
        new("quantity < 0.5 * avg(quantity)", -1, (row, all) => Greater(Times(Number.Of(5, 1), all.Quantity), row.Number("quantity"))),
        new("not (price < -2 * max(price))", 1, (row, all) => row["price"] is not null && !Greater(Times(Number.Of(-2), all.Greatest), row.Number("price"))),
        new("count(*) > 50 and rate > 0.5", 2, (row, all) => all.Rows > 50 && Greater(row.Number("rate"), Number.Of(5, 1))),
    ];

    /// <summary>Rules that compare with none.</summary>
    public static Rule[] Plain { get; } =
    [
        new("rate > 0.7", 1, (row, _) => Greater(row.Number("rate"), Number.Of(7, 1))),
        new("region = 'North'", 2, (row, _) => row.Text("region") == "North"),
        new("flag is null", 1, (row, _) => row["flag"] is null),
        new("big * big > 1000", 1, (row, _) => Greater(Times(row.Number("big"), row.Number("big")), Number.Of(1000))),
    ];

    /// <summary>Rules whose truth cannot be told from bounds.</summary>
    public static Rule[] Unforeseeable { get; } =
    [
        new("price = max(price)", 2, (row, all) => Equal(row.Number("price"), all.Greatest)),
        new("price > avg(price) and quantity > avg(quantity)", 2, (row, all) => Greater(row.Number("price"), all.Price) && Greater(row.Number("quantity"), all.Quantity)),
        new("price - avg(price) > 10", 2, (row, all) => row.Number("price") is { } price && all.Price is { } mean && Greater(price - mean, Number.Of(10))),
    ];

    private static Number? Times(Number? a, Number? b) => Grouped.Term.Product(a, b);

    private static bool Greater(Number? a, Number? b) => a is { } x && b is { } y && x.CompareTo(y) > 0;

    private static bool Equal(Number? a, Number? b) => a is { } x && b is { } y && x.CompareTo(y) == 0;
}
