using Assay.Data;

namespace Assay.Measure.Tests.Cases;

/// <summary>Random expressions as text, over the columns of a schema.</summary>
/// <param name="random">Chance.</param>
/// <param name="columns">The columns.</param>
internal sealed class CaseTexts(Random random, IReadOnlyList<Column> columns)
{
    /// <summary>Past this many digits after the point nothing is multiplied any more.</summary>
    private const int MostScale = 12;

    public static string Quote(string column) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A column of a kind, or null.</summary>
    public Column? Any(Func<ColumnType, bool> isWanted)
    {
        Column[] fitting = [.. columns.Where(column => isWanted(column.Type))];
        return fitting.Length == 0 ? null : fitting[random.Next(fitting.Length)];
    }

    /// <summary>A number and its digits after the point.</summary>
    public (string Text, int Scale) Number(int depth)
    {
        if (depth == 0 || random.Next(3) == 0)
        {
            return Any(type => type.IsNumeric) is { } column && random.Next(6) > 0
                ? (Quote(column.Name), column.Type.Scale)
                : random.Next(2) == 0 ? ($"{random.Next(-3, 20)}", 0) : ($"{random.Next(0, 5)}.{random.Next(10, 100)}", 2);
        }

        if (random.Next(60) == 0)
        {
            // What databases cannot do exactly, and must refuse.
            return ($"{Pick("round", "floor", "ceil")}({Number(depth - 1).Text} / 3)", 0);
        }

        (string left, int leftScale) = Number(depth - 1);
        (string right, int rightScale) = Number(depth - 1);
        int scale = Math.Max(leftScale, rightScale);
        switch (random.Next(14))
        {
            case 0:
                return ($"({left} + {right})", scale);
            case 1:
                return ($"({left} - {right})", scale);
            case 2 or 3 when leftScale + rightScale <= MostScale:
                return ($"({left} * {right})", leftScale + rightScale);
            case 4:
                return ($"case when {Condition(depth - 1)} then {left} else {right} end", scale);
            case 5:
                return ($"coalesce({left}, {right})", scale);
            case 6:
                return ($"abs({left})", leftScale);
            case 7:
                return ($"least({left}, {right})", scale);
            case 8:
                return ($"-({left})", leftScale);
            case 9:
                return ($"({left} % {random.Next(1, 9)})", leftScale);
            case 10:
                return ($"length({Text(depth - 1)})", 0);
            case 11 when Moment(depth - 1) is { } moment:
                return ($"{Pick("year", "month", "quarter", "day", "weekday")}({moment})", 0);
            case 12 when Moment(depth - 1) is { } from && Moment(depth - 1) is { } to:
                return ($"date_diff('{Pick("day", "month", "hour", "year")}', {from}, {to})", 0);
            default:
                return (left, leftScale);
        }
    }

    /// <summary>A text.</summary>
    public string Text(int depth)
    {
        if (depth == 0 || random.Next(3) == 0)
        {
            return Any(type => type.Kind == ColumnKind.String) is { } column && random.Next(6) > 0 ? Quote(column.Name) : Literal();
        }

        return random.Next(10) switch
        {
            9 when random.Next(4) == 0 => $"{Pick("upper", "lower", "trim")}({Text(depth - 1)})",
            0 => $"coalesce({Text(depth - 1)}, {Literal()})",
            1 => $"case when {Condition(depth - 1)} then {Text(depth - 1)} else {Text(depth - 1)} end",
            2 when Moment(depth - 1) is { } moment => $"year_month({moment})",
            3 when Moment(depth - 1) is { } moment => $"{Pick("year_quarter", "month_name", "weekday_name")}({moment})",
            4 => $"{Text(depth - 1)} || {Text(depth - 1)}",
            5 => $"substring({Text(depth - 1)}, {random.Next(1, 3)}, {random.Next(1, 4)})",
            6 => $"case when {Condition(depth - 1)} then {Text(depth - 1)} end",
            7 => $"greatest({Text(depth - 1)}, {Literal()})",
            _ => Text(depth - 1),
        };
    }

    /// <summary>A date or timestamp; null when there is no such column.</summary>
    public string? Moment(int depth)
    {
        if (Any(type => type.Kind is ColumnKind.Date or ColumnKind.Timestamp) is not { } column)
        {
            return null;
        }

        string name = Quote(column.Name);
        return depth == 0 ? name : random.Next(5) switch
        {
            0 => $"date({name})",
            1 => $"date_add('{Pick("day", "month", "year")}', {random.Next(-14, 15)}, {name})",
            _ => name,
        };
    }

    /// <summary>A condition.</summary>
    public string Condition(int depth)
    {
        if (depth > 0 && random.Next(3) == 0)
        {
            return random.Next(5) == 0
                ? $"not ({Condition(depth - 1)})"
                : $"({Condition(depth - 1)} {Pick("and", "or")} {Condition(depth - 1)})";
        }

        string comparison = Pick("=", "<>", "<", "<=", ">", ">=");
        return random.Next(11) switch
        {
            0 when Any(type => type.Kind == ColumnKind.Boolean) is { } column => Quote(column.Name),
            1 => $"{Text(depth)} {comparison} {Literal()}",
            2 => $"{Text(0)} in ({Literal()}, {Literal()})",
            3 when Moment(0) is { } moment => $"{moment} {comparison} date '2024-0{random.Next(1, 4)}-{random.Next(10, 30)}'",
            4 when Moment(0) is { } moment => $"{moment} {comparison} timestamp '2024-02-2{random.Next(0, 10)} 12:00:00.5'",
            5 => $"{Quote(columns[random.Next(columns.Count)].Name)} is {Pick("", "not ")}null",
            6 => $"{Number(depth).Text} between {random.Next(-3, 3)} and {random.Next(2, 9)}.5",
            7 => $"{Number(0).Text} in (0, 1, 2.50, {random.Next(9)})",
            8 => $"{Pick("contains", "starts_with")}({Text(0)}, {Literal()})",
            _ => $"{Number(depth).Text} {comparison} {Number(depth).Text}",
        };
    }

    /// <summary>A value of any type.</summary>
    public string Value(int depth) => random.Next(6) switch
    {
        0 or 1 => Number(depth).Text,
        2 when Moment(depth) is { } moment => moment,
        3 => Condition(depth),
        4 => Quote(columns[random.Next(columns.Count)].Name),
        _ => Text(depth),
    };

    public string Pick(params string[] choice) => choice[random.Next(choice.Length)];

    private string Literal() => $"'{CaseValues.Texts[random.Next(CaseValues.Texts.Count)].Replace("'", "''", StringComparison.Ordinal)}'";
}
