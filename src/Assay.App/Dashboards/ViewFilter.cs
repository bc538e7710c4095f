using System.Globalization;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Data;

namespace Assay.App.Dashboards;

/// <summary>A filter with what a reader chose.</summary>
/// <param name="Filter">The filter.</param>
/// <param name="Condition">What is true of the rows that pass.</param>
internal sealed record ViewFilter(DashboardFilter Filter, Expression Condition)
{
    /// <summary>The most values that one filter takes: more is no choice of a person's.</summary>
    public const int MostValues = 200;

    /// <summary>Between the two days of a period: <c>2024-01-01..2024-03-31</c>; either may be left out.</summary>
    private const string To = "..";

    /// <summary>Reads what was chosen.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="chosen">A period, or values: rows with any of them pass. An empty value stands for rows without one.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="FormatException">A value is none of the column's type; the message says so.</exception>
    public static ViewFilter Parse(DashboardFilter filter, IReadOnlyList<string> chosen)
    {
        if (filter.IsPeriod)
        {
            return new ViewFilter(filter, Period(filter, chosen));
        }

        if (chosen.Count is 0 or > MostValues)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"filter `{filter.Name}` takes 1 to {MostValues} values, not {chosen.Count}"));
        }

        var column = new ColumnExpression(0, filter.Column);
        Expression[] values = [.. chosen.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(text => Value(filter, text))];
        Expression? among = values.Length == 0 ? null : new InExpression(0, column, values, IsNegated: false);
        Expression? missing = chosen.Contains("") ? new IsNullExpression(0, column, IsNegated: false) : null;
        return new ViewFilter(filter, among is null ? missing! : missing is null ? among : new BinaryExpression(0, BinaryOperator.Or, among, missing));
    }

    private static Expression Period(DashboardFilter filter, IReadOnlyList<string> chosen)
    {
        string text = chosen.Count == 1 ? chosen[0] : throw new FormatException($"filter `{filter.Name}` takes one period, such as 2024-01-01{To}2024-03-31");
        int at = text.IndexOf(To, StringComparison.Ordinal);
        DateTime? first = Day(filter, at < 0 ? text : text[..at]);
        DateTime? last = Day(filter, at < 0 ? text : text[(at + To.Length)..]);
        var column = new ColumnExpression(0, filter.Column);

        // The last day is meant as a whole: up to, and without, the moment that the next begins.
        Expression? from = first is { } day ? new BinaryExpression(0, BinaryOperator.GreaterOrEqual, column, Moment(filter, day)) : null;
        Expression? until = last is { } end
            ? end == DateTime.MaxValue.Date ? null : new BinaryExpression(0, BinaryOperator.Less, column, Moment(filter, end.AddDays(1)))
            : null;
        return from is null ? until ?? LiteralExpression.Boolean(true) : until is null ? from : new BinaryExpression(0, BinaryOperator.And, from, until);
    }

    private static DateTime? Day(DashboardFilter filter, string text) =>
        text.Length == 0 ? null
        : DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day) ? day
        : throw new FormatException($"filter `{filter.Name}` takes a period such as 2024-01-01{To}2024-03-31, not `{text}`");

    private static LiteralExpression Moment(DashboardFilter filter, DateTime day) => filter.Type.Kind == ColumnKind.Date
        ? LiteralExpression.Date(Moments.ToCell(day, filter.Type))
        : LiteralExpression.Timestamp(Moments.ToCell(day, filter.Type));

    private static LiteralExpression Value(DashboardFilter filter, string text) => filter.Type.Kind switch
    {
        ColumnKind.String => LiteralExpression.String(text),
        ColumnKind.Boolean when text is "true" or "false" => LiteralExpression.Boolean(text == "true"),
        ColumnKind.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => LiteralExpression.Number(number, 0),
        ColumnKind.Decimal when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) =>
            LiteralExpression.Number(Units(number), number.Scale),
        _ => throw new FormatException($"filter `{filter.Name}` takes a value of type {filter.Type}, not `{text}`"),
    };

    private static Int128 Units(decimal number) =>
        Int128.Parse(number.ToString(CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
