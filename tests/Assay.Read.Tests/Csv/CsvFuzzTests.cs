using System.Text;
using Assay.Data;

namespace Assay.Read.Tests;

public sealed class CsvFuzzTests
{
    private const int Inputs = 100_000;

    private static readonly string[] Pieces =
    [
        "\"", "\"", "\"", "\"\"", ",", ",", ",", "\n", "\n", "\r\n", "\r", " ", "a", "bc", "12.5", "\"x\"", "\"a,b\"", "\"\n\"",
        "\u00C3\u00A9", "\u00E2\u0082\u00AC", "\u00F0\u009F\u0098\u0080", "\u00C3", "\u00FF", "\u0080", "\0", ";", "'", "\n\n",
        "1,2,3\n", "\"1\",\"2\",\"3\"\r\n", "xxxxxxxx",
    ];

    [Theory]
    [InlineData(20260101)]
    public void Records_WhenInputsAreRandom_ThenTheyAreThoseOfTheReference(int seed)
    {
        Parallel.For(0, 16, part =>
        {
            for (int i = 0; i < Inputs / 16; i++)
            {
                Compare(seed, (part * (Inputs / 16)) + i);
            }
        });
    }

    private static void Compare(int seed, int number)
    {
        var random = new Random((seed * 31) + number);
        byte[] input = CsvReading.Bytes(Text(random));
        int[] wanted = Wanted(random);
        var options = new CsvOptions
        {
            Delimiter = (byte)',',
            BlockSize = random.Next(8) == 0 ? 4096 : random.Next(1, 65),
            FieldLimit = random.Next(3) == 0 ? random.Next(1, 20) : 1 << 20,
            RecordLimit = random.Next(3) == 0 ? random.Next(1, 40) : 4 << 20,
            Width = (VectorWidth)random.Next((int)VectorWidths.Best + 1),
        };
        int cursors = random.Next(1, 4);
        int capacity = random.Next(1, 9);
        bool threads = random.Next(50) == 0;
        var reference = new ReferenceCsv(input, (byte)',', options.FieldLimit, options.RecordLimit);
        reference.Parse(wanted);
        string expected = string.Join("\n", reference.Records);
        string actual = "";
        try
        {
            if (reference.HeaderFields < 3 || reference.HeaderFault != FaultCode.None)
            {
                Assert.Throws<ReadException>(() => CsvReading.Open(input, options, "a", "b", "c"));
                return;
            }

            using CsvSource source = CsvSource.Open(
                new SlowStream(input, random.Next(1, 40)), "fuzz.csv", [.. wanted.Select(i => "abc"[i].ToString())], options, "fuzz");
            actual = string.Join("\n", CsvReading.All(source, threads ? cursors : 1, capacity, threads));
        }
        catch (Exception error)
        {
            actual = error.ToString();
        }

        Assert.True(
            expected == actual,
            $"seed {seed} input {number} [{CsvRecord.Show(Encoding.Latin1.GetString(input))}] {options}\nexpected:\n{expected}\nactual:\n{actual}");
    }

    private static int[] Wanted(Random random)
    {
        int[] all = [0, 1, 2];
        random.Shuffle(all);
        return all[..random.Next(1, 4)];
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        if (random.Next(5) == 0)
        {
            text.Append("\u00EF\u00BB\u00BF");
        }

        while (random.Next(8) == 0)
        {
            text.Append(random.Next(2) == 0 ? "\n" : "\r\n");
        }

        text.Append(random.Next(4) switch { 0 => "\"a\",b,c", 1 => "a , \"b\",c", _ => "a,b,c" });
        text.Append(random.Next(3) == 0 ? "\r\n" : "\n");

        int header = text.Length;

        // Some inputs of all pieces, some of the tame ones only, so that long good stretches are met too.
        int kind = random.Next(4);
        int pieces = random.Next(kind == 0 ? 200 : 40);
        for (int i = 0; i < pieces; i++)
        {
            string piece = kind switch
            {
                0 => random.Next(10) == 0 ? Pieces[random.Next(Pieces.Length)] : "\"1\",2,\"\n3\"\"\"\n",
                1 => random.Next(10) == 0 ? Pieces[random.Next(Pieces.Length)] : "1,2,3\n",
                _ => Pieces[random.Next(Pieces.Length)],
            };
            text.Append(piece);
        }

        if (random.Next(3) == 0)
        {
            text.Length -= Math.Min(text.Length - header, random.Next(4));
        }

        return text.ToString();
    }
}
