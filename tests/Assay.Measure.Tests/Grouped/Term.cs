using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Grouped;

/// <summary>An expression over a row, as text and as what it means.</summary>
/// <param name="Text">The text.</param>
/// <param name="Value">Its value for a row.</param>
/// <param name="Scale">The scale of a number; -1 for what is none.</param>
/// <param name="IsWide">Whether it needs more than 64 bits, so that products of it may need more than 128.</param>
internal sealed record Term(string Text, Func<Row, object?> Value, int Scale = -1, bool IsWide = false)
{
    public static Term[] Numbers { get; } =
    [
        new("quantity", row => row["quantity"], 0),
        new("price", row => row["price"], 2),
        new("rate", row => row["rate"], 4),
        new("big", row => row["big"], 0),
        new("quantity * price", row => Product(row.Number("quantity"), row.Number("price")), 2),
        new("quantity * price * (1 - rate)", row => Product(Product(row.Number("quantity"), row.Number("price")), row.Number("rate") is { } rate ? Number.Of(1) - rate : null), 6),
        new("coalesce(price, 0.5)", row => (row.Number("price") ?? Number.Of(5, 1)).Round(2), 2),
        new("case when flag then price else 0 end", row => row["flag"] is true ? row["price"] : Number.Of(0, 2), 2),
        new("big * big", row => Product(row.Number("big"), row.Number("big")), 0, true),
        new("price / quantity", row => row.Number("price") is { } price && row.Number("quantity") is { } quantity ? price / quantity : null, 8),
    ];

    public static Term[] Others { get; } =
    [
        new("region", row => row["region"]),
        new("product", row => row["product"]),
        new("day", row => row["day"]),
        new("sold", row => row["sold"]),
        new("flag", row => row["flag"]),
        new("coalesce(region, 'none')", row => row["region"] ?? "none"),
    ];

    public static Term[] Keys { get; } =
    [
        .. Others,
        new("quantity", row => row["quantity"], 0),
        new("price", row => row["price"], 2),
        new("year(day)", row => row["day"] is DateOnly day ? Number.Of(day.Year) : null, 0),
        new("month(day)", row => row["day"] is DateOnly day ? Number.Of(day.Month) : null, 0),
        new("quantity > 1", row => row.Number("quantity") is { } quantity ? quantity.CompareTo(Number.Of(1)) > 0 : null),
        new("case when flag then product end", row => row["flag"] is true ? row["product"] : null),
    ];

    public static Term[] Conditions { get; } =
    [
        new("quantity > 1", row => row.Number("quantity") is { } quantity && quantity.CompareTo(Number.Of(1)) > 0),
        new("region <> 'North'", row => row.Text("region") is { } region && region != "North"),
        new("flag", row => row["flag"] is true),
        new("price is null or price < 5.5", row => row.Number("price") is not { } price || price.CompareTo(Number.Of(55, 1)) < 0),
        new("product = 'nowhere'", _ => false),
    ];

    public static Number? Product(Number? a, Number? b) => a is { } x && b is { } y ? x * y : null;
}
