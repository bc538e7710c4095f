using System.Text;
using Assay.Data;
using Assay.Refine.Dates;
using Assay.Refine.Decode;

namespace Assay.Refine.Tests.Decode;

/// <summary>
/// The fast way reads fields where they lie in the buffer; it must give what the slow way gives for the text
/// alone, wherever the field lies and whatever stands around it.
/// </summary>
public sealed class DecoderPropertyTests
{
    private const string Numbers = "0123456789012345678901234567890123456789..-+e ";
    private static readonly string[] Formats = ["yyyy-MM-dd HH:mm:ss", "yyyy/MM/dd", "yyyy-MM-dd", "dd-MMM-yyyy", "MM/dd/yyyy", "dd/MM/yyyy"];

    [Fact]
    public void Integer_WhenAFieldLiesAnywhere_ThenIsWhatTheParserGives()
    {
        ColumnDecoder decoder = Decoding.Decoder(Decoding.Column(ColumnType.Integer));
        ForTexts(11, Numbers, 20, (text, at) => Compare(
            text, string.IsNullOrWhiteSpace(text) ? Decoded.Null : NumberParser.Integer(text), decoder, at));
    }

    [Theory]
    [InlineData(18, 0)]
    [InlineData(14, 4)]
    [InlineData(5, 4)]
    [InlineData(18, 18)]
    [InlineData(9, 2)]
    public void Decimal_WhenAFieldLiesAnywhere_ThenIsWhatTheParserGives(int precision, int scale)
    {
        ColumnType type = ColumnType.Decimal(precision, scale);
        ColumnDecoder decoder = Decoding.Decoder(Decoding.Column(type));
        ForTexts(12 + scale, Numbers, 20, (text, at) => Compare(
            text, string.IsNullOrWhiteSpace(text) ? Decoded.Null : NumberParser.Decimal(text, type), decoder, at));
    }

    [Fact]
    public void Date_WhenAFieldLiesAnywhere_ThenIsWhatTheFormatsGive()
    {
        var random = new Random(13);
        ColumnDecoder decoder = Decoding.Decoder(Decoding.Dates(ColumnType.Timestamp, Formats) with { Clean = [] });
        DateFormat[] formats = [.. Formats.Select(text => DateFormat.TryCompile(text, out DateFormat? format, out _) ? format : throw new ArgumentException(text))];
        int read = 0;
        for (int i = 0; i < 60_000; i++)
        {
            string text = RandomDate(random);
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Decoded expected = string.IsNullOrWhiteSpace(text) ? Decoded.Null : Decoded.Bad(FaultCode.NotADate);
            foreach (DateFormat format in formats.Reverse())
            {
                expected = format.TryMatch(bytes, out CivilTime time, out _) ? Decoded.Of(time.Microseconds) : expected;
            }

            read += expected.IsNull ? 0 : 1;
            Compare(text, expected, decoder, Decoding.At(bytes, random.Next(20), random.Next(3) == 0 ? random.Next(16, 30) : random.Next(16)));
        }

        Assert.InRange(read, 10_000, 55_000);
    }

    [Fact]
    public void Date_WhenTheFastWayReadsEveryDay_ThenIsTheCalendarsDay()
    {
        ColumnDecoder decoder = Decoding.Decoder(Decoding.Dates(ColumnType.Date, "yyyy-MM-dd"));
        var day = new DateOnly(1, 1, 1);
        int epoch = new DateOnly(1970, 1, 1).DayNumber;
        while (day.Year < 9999)
        {
            Decoded decoded = Decoding.All(decoder, Decoding.At(Encoding.ASCII.GetBytes(day.ToString("yyyy-MM-dd", null)), 0, 16))[0];
            Assert.Equal(Decoded.Of(day.DayNumber - epoch), decoded);
            day = day.AddDays(day.Year is > 1895 and < 2105 ? 1 : 17);
        }
    }

    [Fact]
    public void Decode_WhenAVectorIsUsedAgain_ThenNoNullOfBeforeStays()
    {
        ColumnDecoder decoder = Decoding.Decoder(Decoding.Column(ColumnType.Integer));
        var into = new Vector(4);
        decoder.Decode(Records.Of([""], ["x"], [""], ["4"]), into, new ColumnFaults(1, 4));
        Assert.Equal([true, true, true, false], into.Nulls);

        into.HasNulls = false;
        decoder.Decode(Records.Of(["1"], [""], ["3"], ["4"]), into, new ColumnFaults(1, 4));

        Assert.Equal([false, true, false, false], into.Nulls);
    }

    private static void Compare(string text, Decoded expected, ColumnDecoder decoder, FieldBatch at)
    {
        Decoded decoded = Decoding.All(decoder, at)[0];
        if (decoded != expected)
        {
            Assert.Fail($"'{text}' at {at.Starts[0][0]} of {at.Bytes.Length}: {decoded}, not {expected}");
        }
    }

    private static void ForTexts(int seed, string alphabet, int longest, Action<string, FieldBatch> check)
    {
        var random = new Random(seed);
        for (int i = 0; i < 8_000; i++)
        {
            bool digitsOnly = random.Next(3) == 0;
            string text = new([.. Enumerable.Range(0, random.Next(longest + 1)).Select(_ => alphabet[random.Next(digitsOnly ? 40 : alphabet.Length)])]);
            byte[] bytes = Encoding.ASCII.GetBytes(text);
            for (int after = 0; after <= 9; after++)
            {
                check(text, Decoding.At(bytes, random.Next(9), after));
            }
        }
    }

    private static string RandomDate(Random random)
    {
        string[] names = ["Jan", "feb", "MAR", "Apr", "May", "Jun", "Jul", "Aug", "sep", "Oct", "Nov", "Dec", "Foo"];
        string format = Formats[random.Next(Formats.Length)];
        bool pads = random.Next(4) > 0;
        string Number(int most) => random.Next(most).ToString(pads ? "00" : "0", null);
        string text = format
            .Replace("yyyy", random.Next(12) == 0 ? "0000" : random.Next(1, 10_000).ToString("0000", null), StringComparison.Ordinal)
            .Replace("MMM", names[random.Next(names.Length)], StringComparison.Ordinal)
            .Replace("MM", Number(14), StringComparison.Ordinal)
            .Replace("dd", Number(33), StringComparison.Ordinal)
            .Replace("HH", Number(25), StringComparison.Ordinal)
            .Replace("mm", Number(61), StringComparison.Ordinal)
            .Replace("ss", Number(61), StringComparison.Ordinal);
        if (random.Next(4) == 0 && text.Length > 0)
        {
            int at = random.Next(text.Length);
            text = random.Next(3) switch
            {
                0 => text.Remove(at, 1),
                1 => text.Insert(at, " "),
                _ => text[..at] + "0/-: x9é"[random.Next(8)] + text[(at + 1)..],
            };
        }

        return text;
    }
}
