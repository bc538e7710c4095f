using System.Text;

namespace Assay.Data.Tests;

/// <summary>Random values that like the edges of their kinds.</summary>
internal sealed class RandomValues(Random random)
{
    private static readonly string[] Letters =
        ["a", "b", "A", "B", " ", "'", "\"", "é", "É", "ß", "İ", "ı", "Σ", "ς", "中", "😀", "𐐀", "𐐨", "ǅ", "\u0301", "\uffff", "0", "-"];

    private static readonly string[] Common = ["", "a", "A", "north", "North", "NORTH ", " north", "é", "É", "😀", "Z"];

    public Int128 Integer(bool wide)
    {
        if (wide)
        {
            return random.Next(5) switch
            {
                0 => Int128.MaxValue - random.Next(3),
                1 => Int128.MinValue + random.Next(3),
                2 => (Int128)long.MaxValue + random.Next(1, 3),
                3 => (Int128)long.MinValue - random.Next(1, 3),
                _ => new Int128((ulong)random.NextInt64(), (ulong)random.NextInt64()) >> random.Next(70),
            };
        }

        return random.Next(12) switch
        {
            0 => long.MaxValue - random.Next(3),
            1 => long.MinValue + random.Next(3),
            2 => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
            3 => 0,
            4 or 5 => random.Next(-100_000, 100_000),
            6 => (Int128)Math.Pow(10, random.Next(18)) * (random.Next(2) == 0 ? 5 : -5),
            _ => random.Next(-5, 20),
        };
    }

    public long Day() => random.Next(8) switch
    {
        0 => Calendar.MinDay + random.Next(3),
        1 => Calendar.MaxDay - random.Next(3),
        2 => random.Next(-2, 2),
        3 => Calendar.Days(random.Next(1, 2500) * 4, 2, 28) + random.Next(-1, 3),
        4 => Calendar.Days(random.Next(1, 100) * 100, 2, 28) + random.Next(-1, 3),
        5 => random.NextInt64(Calendar.MinDay, Calendar.MaxDay + 1),
        _ => Calendar.Days(2024, 1, 1) + random.Next(-400, 400),
    };

    public long Microsecond() => (Day() * Calendar.MicrosecondsPerDay) + random.Next(5) switch
    {
        0 => 0,
        1 => Calendar.MicrosecondsPerDay - 1,
        2 => random.NextInt64(86_400) * Calendar.MicrosecondsPerSecond,
        _ => random.NextInt64(Calendar.MicrosecondsPerDay),
    };

    public string Text()
    {
        if (random.Next(2) == 0)
        {
            return Common[random.Next(Common.Length)];
        }

        var text = new StringBuilder();
        for (int i = random.Next(random.Next(5) == 0 ? 40 : 6); i > 0; i--)
        {
            text.Append(Letters[random.Next(Letters.Length)]);
        }

        return text.ToString();
    }
}
