using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Grouped;

/// <summary>An expression over a group, as text and as what it means.</summary>
/// <param name="Text">The text.</param>
/// <param name="Value">Its value for the rows of a group.</param>
/// <param name="Scale">The scale of a number; -1 for what is none.</param>
/// <param name="IsWide">Whether its values are too large to compute with.</param>
internal sealed record Measure(string Text, Func<IReadOnlyList<Row>, object?> Value, int Scale, bool IsWide = false)
{
    public static Measure Random(Random random) => random.Next(4) == 0 ? Composite(random) : Simple(random);

    private static Measure Simple(Random random)
    {
        Term term = random.Next(4) == 0 ? Term.Others[random.Next(Term.Others.Length)] : Term.Numbers[random.Next(Term.Numbers.Length)];
        bool isNumber = term.Scale >= 0;
        Func<IReadOnlyList<Row>, IEnumerable<object?>> all = rows => rows.Select(term.Value);
        return random.Next(isNumber ? term.IsWide ? 6 : 9 : 5) switch
        {
            0 => new Measure("count(*)", rows => Number.Of(rows.Count), 0),
            1 => new Measure($"count({term.Text})", rows => Aggregates.Count(all(rows)), 0),
            2 => new Measure($"count(distinct {term.Text})", rows => Aggregates.CountDistinct(all(rows)), 0),
            3 => new Measure($"min({term.Text})", rows => Aggregates.Extreme(all(rows), greatest: false), term.Scale, term.IsWide),
            4 => new Measure($"max({term.Text})", rows => Aggregates.Extreme(all(rows), greatest: true), term.Scale, term.IsWide),
            5 => new Measure($"sum({term.Text})", rows => Aggregates.Sum(all(rows), term.Scale), term.Scale, term.IsWide),
            6 => new Measure($"avg({term.Text})", rows => Number.Quotient(Aggregates.Sum(all(rows), term.Scale), Aggregates.Count(all(rows))), term.Scale + 7),
            7 => new Measure($"stddev({term.Text})", rows => Aggregates.Deviation(all(rows), term.Scale), term.Scale + 7),
            _ => new Measure($"median({term.Text})", rows => Aggregates.Median(all(rows), term.Scale), term.Scale + 6),
        };
    }

    private static Measure Composite(Random random)
    {
        Measure left = SimpleNumber(random);
        Measure right = SimpleNumber(random);
        return random.Next(4) switch
        {
            0 => Of(left, "+", right, Math.Max(left.Scale, right.Scale), (a, b) => a + b),
            1 => Of(left, "-", right, Math.Max(left.Scale, right.Scale), (a, b) => a - b),
            2 => Of(left, "/", right, Math.Max(left.Scale + 1, right.Scale) + 6, Number.Quotient),
            _ when left.Scale + right.Scale <= 18 => Of(left, "*", right, left.Scale + right.Scale, (a, b) => a * b),
            _ => left,
        };
    }

    private static Measure SimpleNumber(Random random)
    {
        Measure measure = Simple(random);
        while (measure.Scale < 0 || measure.IsWide)
        {
            measure = Simple(random);
        }

        return measure;
    }

    private static Measure Of(Measure left, string symbol, Measure right, int scale, Func<Number, Number, Number?> operation) => new(
        $"{left.Text} {symbol} {right.Text}",
        rows => left.Value(rows) is Number a && right.Value(rows) is Number b ? operation(a, b) : null,
        scale);
}
