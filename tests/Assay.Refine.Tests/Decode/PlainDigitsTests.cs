using System.Globalization;
using Assay.Refine.Decode;

namespace Assay.Refine.Tests.Decode;

/// <summary>Word-at-a-time parsing against a slow reading of the same bytes.</summary>
public sealed class PlainDigitsTests
{
    [Theory]
    [InlineData(1, "0123456789")]
    [InlineData(2, "0123456789.")]
    [InlineData(3, "00000009999./:")]
    [InlineData(4, "0123456789.-+e ,\0\u007F")]
    public void TryRead_WhenBytesAreDrawnFromAnAlphabet_ThenAgreesWithReadingEachByte(int seed, string alphabet)
    {
        var random = new Random(seed);
        byte[] bytes = new byte[4096];
        for (int round = 0; round < 40; round++)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)alphabet[random.Next(alphabet.Length)];
            }

            for (int i = 0; i < 25_000; i++)
            {
                int length = random.Next(1, 19);
                int start = i % 4 == 0 ? bytes.Length - length - random.Next(10) : random.Next(bytes.Length - length + 1);
                Compare(bytes, start, length);
            }
        }
    }

    [Fact]
    public void TryRead_WhenOneByteIsAnyOfAll_ThenOnlyDigitsAndOnePointAreRead()
    {
        for (int length = 1; length <= 18; length++)
        {
            for (int at = 0; at < length; at++)
            {
                for (int value = 0; value < 256; value++)
                {
                    byte[] bytes = [.. Enumerable.Repeat((byte)'9', length + 8)];
                    bytes[at] = (byte)value;
                    Compare(bytes, 0, length);
                    Compare(bytes[..length], 0, length);
                }
            }
        }
    }

    [Fact]
    public void TryReadDecimal_WhenThePointIsAnywhere_ThenDecimalsAreThoseAfterIt()
    {
        Assert.True(PlainDigits.TryReadDecimal("12345.67????????"u8.ToArray(), 0, 8, out long units, out int decimals));
        Assert.Equal((1_234_567, 2), (units, decimals));
        Assert.True(PlainDigits.TryReadDecimal("5.??????????"u8.ToArray(), 0, 2, out units, out decimals));
        Assert.Equal((5, 0), (units, decimals));
        Assert.True(PlainDigits.TryReadDecimal(".5"u8.ToArray(), 0, 2, out units, out decimals));
        Assert.Equal((5, 1), (units, decimals));
        Assert.False(PlainDigits.TryReadDecimal(".5555555"u8.ToArray(), 0, 1, out _, out _));
    }

    private static void Compare(byte[] bytes, int start, int length)
    {
        string text = System.Text.Encoding.Latin1.GetString(bytes, start, length);
        bool isNumber = text.All(char.IsAsciiDigit);
        bool isDecimal = text.All(c => char.IsAsciiDigit(c) || c == '.') && text.Count(c => c == '.') <= 1 && text != ".";
        if (isNumber != PlainDigits.TryRead(bytes, start, length, out long value)
            || (isNumber && value != long.Parse(text, CultureInfo.InvariantCulture)))
        {
            Assert.Fail($"'{text}' at {start} of {bytes.Length} was read as {value}");
        }

        if (isDecimal != PlainDigits.TryReadDecimal(bytes, start, length, out long units, out int decimals)
            || (isDecimal && (units != long.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
                || decimals != (text.Contains('.', StringComparison.Ordinal) ? length - 1 - text.IndexOf('.', StringComparison.Ordinal) : 0))))
        {
            Assert.Fail($"'{text}' at {start} of {bytes.Length} was read as {units} with {decimals} decimals");
        }
    }
}
