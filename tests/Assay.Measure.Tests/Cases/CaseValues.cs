using Assay.Data;

namespace Assay.Measure.Tests.Cases;

/// <summary>Random cells: few different ones, so that they tie, and those that databases are known to get wrong.</summary>
internal static class CaseValues
{
    /// <summary>Texts that differ only by case, accent, form, trailing space or surrogates, and those with a meaning in SQL.</summary>
    public static IReadOnlyList<string> Texts { get; } =
        ["", " ", "a", "A", "a ", "ab", "b", "ä", "a\u0308", "Ä", "ß", "ss", "İ", "i", "\uFFFD", "\uE000", "😀", "😀 smile", "東京", "O'Brien", "100%", "_", "\\", "\\n", "null", "\"x\"", "2024-02", "--", "10", "9", "\t"];

    private static readonly DateTime[] Days =
    [
        new(2024, 2, 28), new(2024, 2, 29), new(2024, 3, 1), new(2023, 2, 28), new(2023, 12, 31), new(2024, 1, 1), new(2024, 1, 31), new(2024, 3, 31),
        new(2000, 2, 29), new(1999, 12, 31), new(1969, 12, 31), new(1970, 1, 1), new(1900, 2, 28), new(1582, 10, 10),
    ];

    /// <summary>Makes cells of a column.</summary>
    /// <param name="random">Chance.</param>
    /// <param name="type">The column's type.</param>
    /// <param name="count">How many.</param>
    public static object?[] Of(Random random, ColumnType type, int count)
    {
        int nulls = random.Next(8) switch { 0 => 100, < 3 => 40, < 6 => 10, _ => 0 };
        int spread = random.Next(4) switch { 0 => 2, 1 => 5, 2 => 40, _ => 5000 };
        bool isExtreme = random.Next(8) == 0;
        string[] texts = [.. Enumerable.Range(0, spread).Take(12).Select(_ => Texts[random.Next(Texts.Count)])];
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(100) < nulls ? null : Cell(random, type, spread, isExtreme, texts))];
    }

    private static object Cell(Random random, ColumnType type, int spread, bool isExtreme, string[] texts) => type.Kind switch
    {
        ColumnKind.String => texts[random.Next(texts.Length)],
        ColumnKind.Boolean => (object)(long)random.Next(2),
        ColumnKind.Date => Day(random, spread),
        ColumnKind.Timestamp => (Day(random, spread) * 86_400_000_000) + Time(random),
        ColumnKind.Integer => isExtreme && random.Next(3) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.NextInt64(-2, spread),
        _ => Number(random, type, spread, isExtreme),
    };

    private static long Number(Random random, ColumnType type, int spread, bool isExtreme)
    {
        long greatest = (long)Decimals.PowerOfTen(type.Precision) - 1;
        long unit = (long)Decimals.PowerOfTen(Math.Min(type.Scale, 3));
        return isExtreme && random.Next(3) == 0
            ? (random.Next(3) switch { 0 => greatest, 1 => -greatest, _ => random.NextInt64(-greatest, greatest) })
            : Math.Clamp(random.NextInt64(-unit, spread * unit), -greatest, greatest);
    }

    private static long Day(Random random, int spread) => random.Next(2) == 0
        ? (Days[random.Next(Days.Length)] - DateTime.UnixEpoch).Days
        : (new DateTime(2024, 2, 27) - DateTime.UnixEpoch).Days + random.Next(Math.Min(spread, 400));

    private static long Time(Random random) => random.Next(5) switch
    {
        0 => 0,
        1 => 86_399_999_999,
        2 => random.NextInt64(86_400) * 1_000_000,
        3 => 43_200_500_000,
        _ => random.NextInt64(86_400_000_000),
    };
}
