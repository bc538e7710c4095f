using System.Globalization;
using Assay.Data;

namespace Assay.Sql;

/// <summary>
/// A number in two parts, high · 10^9 + low, so that sums of products stay exact past 64 bits. Where even a part leaves 64
/// bits it becomes floating point, which shows in the sum's text: that is an overflow, not a rounded answer.
/// </summary>
/// <param name="High">The high part, a piece of SQL that holds together as a term of a sum.</param>
/// <param name="Low">The low part.</param>
internal readonly record struct SqliteSum(string High, string Low)
{
    private const string Base = "1000000000";

    /// <summary>The two parts of a sum's argument.</summary>
    public static SqliteSum Of(SqlExpression number, SqliteWriter writer)
    {
        if (SqliteNumbers.IsExact(number))
        {
            return Split(writer.Write(number));
        }

        switch (number)
        {
            case SqlCase choice:
                return Choose(choice, writer);
            case SqlCall { Operation: SqlOperation.Add or SqlOperation.Subtract } sum:
                string sign = sum.Operation == SqlOperation.Add ? "+" : "-";
                SqliteSum first = Of(sum.Arguments[0], writer);
                SqliteSum second = Of(sum.Arguments[1], writer);
                return new SqliteSum($"{first.High} {sign} ({second.High})", $"{first.Low} {sign} ({second.Low})");
            case SqlCall { Operation: SqlOperation.Rescale } rescaled:
                SqlExpression inner = rescaled.Arguments[0];
                return Of(inner, writer).Times(Decimals.PowerOfTen(rescaled.Type.Scale - inner.Type.Scale).ToString(CultureInfo.InvariantCulture));
            case SqlCall { Operation: SqlOperation.Multiply } square when square.Arguments[0] == square.Arguments[1] && SqliteNumbers.IsExact(square.Arguments[0]):
                return Split(writer.Write(square.Arguments[0])).Squared();
            case SqlCall { Operation: SqlOperation.Multiply } product:
                bool isFirstSmaller = SqliteNumbers.Magnitude(product.Arguments[0]) < SqliteNumbers.Magnitude(product.Arguments[1]);
                SqlExpression small = product.Arguments[isFirstSmaller ? 0 : 1];
                SqlExpression large = product.Arguments[isFirstSmaller ? 1 : 0];
                return SqliteNumbers.IsExact(small)
                    ? Of(large, writer).Times(writer.Write(small).At(SqlPrecedence.Primary))
                    : Split(writer.Write(number));
            default:
                return Split(writer.Write(number));
        }
    }

    /// <summary>The sum of both, as one text.</summary>
    public string Text => $"sum({High}) || ',' || sum({Low})";

    private static SqliteSum Split(SqlCode number) =>
        new($"{number.At(SqlPrecedence.Product)} / {Base}", $"{number.At(SqlPrecedence.Product)} % {Base}");

    private SqliteSum Times(string factor) =>
        new($"({High}) * {factor} + ({Low}) * {factor} / {Base}", $"({Low}) * {factor} % {Base}");

    /// <summary>Both factors of a square are large at once, so both are taken apart: it is exact up to some 9 · 10^13 units squared.</summary>
    private SqliteSum Squared() =>
        new($"({High}) * ({High}) * {Base} + 2 * ({High}) * ({Low}) + ({Low}) * ({Low}) / {Base}", $"({Low}) * ({Low}) % {Base}");

    private static SqliteSum Choose(SqlCase choice, SqliteWriter writer)
    {
        var high = new List<string>();
        var low = new List<string>();
        foreach ((SqlExpression when, SqlExpression then) in choice.Branches)
        {
            string condition = writer.Write(when).Text;
            SqliteSum parts = then is SqlValue { IsNull: true } ? new SqliteSum("NULL", "NULL") : Of(then, writer);
            high.Add($"WHEN {condition} THEN {parts.High}");
            low.Add($"WHEN {condition} THEN {parts.Low}");
        }

        if (choice.Otherwise is not SqlValue { IsNull: true })
        {
            SqliteSum parts = Of(choice.Otherwise, writer);
            high.Add($"ELSE {parts.High}");
            low.Add($"ELSE {parts.Low}");
        }

        return new SqliteSum($"CASE {string.Join(' ', high)} END", $"CASE {string.Join(' ', low)} END");
    }
}
