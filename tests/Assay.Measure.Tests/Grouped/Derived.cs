using Assay.Measure.Tests.Reference;

namespace Assay.Measure.Tests.Grouped;

/// <summary>A column over the ordered rows of a result, as text and as what it means.</summary>
/// <param name="Text">The text.</param>
/// <param name="Values">Its values, given those of the measure that it is taken over.</param>
/// <param name="Over">The number of that measure.</param>
internal sealed record Derived(string Text, Func<IReadOnlyList<Number?>, IEnumerable<Number?>> Values, int Over)
{
    public static Derived Random(Random random, IReadOnlyList<Measure> measures, string prefix)
    {
        int over = Enumerable.Range(0, measures.Count).FirstOrDefault(i => measures[i].Scale >= 0 && random.Next(2) == 0, -1);
        string name = $"{prefix}{over}";
        int kinds = over < 0 ? 1 : measures[over].IsWide ? 4 : measures[over].Scale > 24 ? 4 : 6;
        return random.Next(kinds) switch
        {
            0 => new Derived("rank()", values => values.Select((_, i) => (Number?)Number.Of(i + 1)), Math.Max(over, 0)),
            1 => new Derived($"previous({name})", values => values.Select((_, i) => i == 0 ? null : values[i - 1]), over),
            2 => new Derived($"running({name})", values => values.Select((_, i) => (Number?)Total(values.Take(i + 1), measures[over].Scale)), over),
            3 => new Derived($"{name} is null", null!, over),
            4 => new Derived($"share({name})", values => values.Select(value => value is { } x ? Number.Quotient(x, Total(values, measures[over].Scale)) : null), over),
            _ => new Derived(
                $"growth({name})",
                values => values.Select((value, i) => i > 0 && value is { } x && values[i - 1] is { } before ? Number.Quotient(x - before, before) : null),
                over),
        };
    }

    private static Number Total(IEnumerable<Number?> values, int scale) => Aggregates.Sum(values.Select(value => (object?)value), scale);
}
