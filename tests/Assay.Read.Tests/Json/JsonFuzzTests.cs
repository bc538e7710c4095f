using System.Text;

namespace Assay.Read.Tests;

public sealed class JsonFuzzTests
{
    private const int Inputs = 20_000;

    private static readonly string[] Columns = ["a", "b.c", "l.1", "b", "é", "b.d.0.c"];

    private static readonly string[] Names = ["a", "b", "c", "d", "l", "\u00C3\u00A9", "x", "\\u0061", "e\\\"f", "", "0", "1", "\\ud800"];

    private static readonly string[] Scalars =
    [
        "1", "-12.5e3", "0", "true", "false", "null", "\"\"", "\"x\"", "\"],}{[\"", "\"\\\\\"", "\"\\\"\"", "\"\\u00e9\\ud83d\\ude00\"",
        "\"\u00F0\u009F\u0098\u0080\"", "\"\u00C3\u00A9\\n\"", "\"a longer text than sixteen bytes \\\\\\\\\\\" or so\"", "12345678901234567890",
    ];

    private static readonly string[] Wrong =
    [
        "{", "}", "[", "]", ",", ",", ":", "\"", "\\", "\n", " ", "1", "x", "-", ".", "e", "t", "\u0001", "\0", "\u00FF", "\u00C3", "\"\\ud83d\"",
        "01", "tru", "\"\\x\"", "\\u12", "{}", "\t", "//",
    ];

    [Theory]
    [InlineData(20260101, JsonFormat.Lines)]
    [InlineData(20260102, JsonFormat.Document)]
    public void Records_WhenInputsAreRandom_ThenTheyAreThoseOfTheReference(int seed, JsonFormat format)
    {
        string[][] paths = [.. Columns.Select(FieldPath.Parse)];
        Parallel.For(0, 16, part =>
        {
            for (int i = 0; i < Inputs / 16; i++)
            {
                Compare(seed, (part * (Inputs / 16)) + i, format, paths);
            }
        });
    }

    [Theory]
    [InlineData(20260103, JsonFormat.Lines)]
    [InlineData(20260104, JsonFormat.Document)]
    public void Records_WhenLimitsAreSmall_ThenBlocksMakeNoDifference(int seed, JsonFormat format) => Parallel.For(0, Inputs, number =>
    {
        var random = new Random((seed * 31) + number);
        (byte[] bytes, string? record) = Text(random, format);
        JsonOptions options = Options(random, format) with { Record = record, RecordLimit = random.Next(3) == 0 ? random.Next(6, 60) : random.Next(72, 150) };
        string expected = Read(bytes, options with { BlockSize = 1 << 16, Width = VectorWidth.Scalar }, random);
        string actual = Read(bytes, options, random);
        Same(expected, actual, seed, number, bytes, options);
    });

    [Theory]
    [InlineData(null, "[{\"a\":\"x\\\\\",\"b\":{\"c\":[1.5e1,{}]}},\n {\"a\":true} , null,\"s\"] \n")]
    [InlineData("data.items", "{\"n\":[{}],\"data\":{\"items\":[{\"a\":\"\\u00e9\"},{\"b\":{\"c\":-0.5}}],\"m\":null},\"z\":\"\"}")]
    [InlineData(null, "{\"a\":\"x\",\"b\":{\"c\":[1]},\"q\":1}")]
    public void Document_WhenCutOffAtAnyByte_ThenItIsKnown(string? record, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        string whole = Read(bytes, new JsonOptions { Record = record }, new Random(1), "a", "b.c");
        Assert.DoesNotContain("breaks off", whole, StringComparison.Ordinal);
        for (int length = 1; length < text.TrimEnd().Length; length++)
        {
            for (int blockSize = 1; blockSize < 100; blockSize += 7)
            {
                string cut = Read(bytes[..length], new JsonOptions { Record = record, BlockSize = blockSize }, new Random(length), "a", "b.c");
                string[] lines = cut.Split('\n');
                Assert.Contains($"byte {length}: the file ends", lines[^1], StringComparison.Ordinal);
                Assert.StartsWith(string.Concat(lines[..^1].Select(line => line + "\n")), whole + "\n", StringComparison.Ordinal);
            }
        }
    }

    private static void Compare(int seed, int number, JsonFormat format, string[][] paths)
    {
        var random = new Random((seed * 31) + number);
        (byte[] bytes, string? record) = Text(random, format);
        JsonOptions options = Options(random, format) with { Record = record };
        string actual = Read(bytes, options, random);
        string expected;
        if (format == JsonFormat.Lines)
        {
            expected = string.Join("\n", ReferenceJson.Lines(bytes, paths, options.FieldLimit));
        }
        else
        {
            (List<string> records, int broken) = ReferenceJson.Document(
                bytes, record is null ? [] : FieldPath.Parse(record), paths, options.FieldLimit);
            if (broken >= 0)
            {
                // What is wrong can be said in many words; where, in one.
                int at = actual.IndexOf("breaks off", StringComparison.Ordinal);
                actual = at < 0 ? actual : actual[..at] + actual[actual.IndexOf("byte", at, StringComparison.Ordinal)..actual.LastIndexOf(": ", StringComparison.Ordinal)];
                records.Add($"file 0 byte {broken}");
            }

            expected = string.Join("\n", records);
        }

        Same(expected, actual, seed, number, bytes, options);
    }

    private static void Same(string expected, string actual, int seed, int number, byte[] bytes, JsonOptions options) => Assert.True(
        expected == actual,
        $"seed {seed} input {number} [{CsvRecord.Show(Encoding.Latin1.GetString(bytes))}] {options}\nexpected:\n{expected}\nactual:\n{actual}");

    private static JsonOptions Options(Random random, JsonFormat format) => new()
    {
        Format = format,
        BlockSize = random.Next(8) == 0 ? 4096 : random.Next(1, 80),
        FieldLimit = random.Next(4) == 0 ? random.Next(27, 40) : 1 << 20,
        Width = (VectorWidth)random.Next((int)VectorWidths.Best + 1),
    };

    private static string Read(byte[] bytes, JsonOptions options, Random random, params string[] columns)
    {
        try
        {
            using JsonSource source = JsonSource.Open(
                new SlowStream(bytes, random.Next(1, 60)), "fuzz.json", columns.Length == 0 ? Columns : columns, options, "fuzz");
            return string.Join("\n", JsonReading.All(source, random.Next(1, 4), random.Next(1, 9), threads: random.Next(50) == 0));
        }
        catch (ReadException error) when (error.Kind == ReadErrorKind.MissingColumn)
        {
            return error.Message;
        }
        catch (Exception error)
        {
            return error.ToString();
        }
    }

    private static (byte[] Bytes, string? Record) Text(Random random, JsonFormat format)
    {
        var text = new StringBuilder();

        // One record has all columns, and stays whole, so that none is missing everywhere.
        const string Every = "{\"a\":null,\"b\":{\"c\":null,\"d\":[{\"c\":null}]},\"l\":[1,null],\"\\u00e9\":null}";
        int tame;
        bool isWild = random.Next(3) == 0;
        string space = random.Next(3) == 0 ? " " : "";
        string? record = null;
        if (random.Next(5) == 0)
        {
            text.Append("\u00EF\u00BB\u00BF");
        }

        int records = random.Next(random.Next(4) == 0 ? 60 : 8);
        if (format == JsonFormat.Lines)
        {
            text.Append(Every).Append('\n');
            tame = text.Length;
            for (int i = 0; i < records; i++)
            {
                Value(text, random, 0, space);
                text.Append(random.Next(4) switch { 0 => "\r\n", 1 => "\n\n", _ => "\n" });
            }
        }
        else
        {
            record = random.Next(3) switch { 0 => "b.l", 1 => "x", _ => null };
            string before = record switch { "b.l" => "{\"a\":[1,{\"l\":2}],\"b\":{\"l\":", "x" => " {\"x\" : ", _ => "\n" };
            text.Append(before).Append('[').Append(Every);
            tame = text.Length;
            for (int i = 0; i < records; i++)
            {
                text.Append(space).Append(',').Append(random.Next(6) == 0 ? "\n  " : space);
                Value(text, random, 0, space);
            }

            text.Append(']').Append(record switch { "b.l" => ",\"z\":[{\"b\":1}]}}", "x" => "\n}\n", _ => " \r\n" });
        }

        for (int wrong = isWild ? random.Next(1, 4) : 0; wrong > 0; wrong--)
        {
            int at = random.Next(tame, text.Length + 1);
            if (random.Next(2) == 0)
            {
                text.Insert(at, Wrong[random.Next(Wrong.Length)]);
            }
            else
            {
                text.Remove(at, Math.Min(random.Next(3), text.Length - at));
            }
        }

        return (CsvReading.Bytes(text.ToString()), record);
    }

    private static void Value(StringBuilder text, Random random, int level, string space)
    {
        int kind = random.Next(level == 0 ? 8 : level > 3 ? 1 : 4);
        if (kind == 0)
        {
            text.Append(Scalars[random.Next(Scalars.Length)]);
        }
        else if (kind == 1)
        {
            text.Append('[').Append(space);
            for (int i = random.Next(4); i > 0; i--)
            {
                Value(text, random, level + 1, space);
                text.Append(i > 1 ? "," : "").Append(space);
            }

            text.Append(']');
        }
        else
        {
            text.Append('{').Append(space);
            for (int i = random.Next(6); i > 0; i--)
            {
                text.Append('"').Append(Names[random.Next(Names.Length - (random.Next(20) == 0 ? 0 : 1))]).Append('"').Append(space).Append(':').Append(space);
                Value(text, random, level + 1, space);
                text.Append(i > 1 ? "," : "").Append(space);
            }

            text.Append('}');
        }
    }
}
