using System.Globalization;
using System.Numerics;
using Assay.Data;

namespace Assay.Store.Tests.Engines;

public sealed class CopyBufferTests
{
    [Fact]
    public void Header_WhenRead_ThenIsTheSignatureWithoutFlags() =>
        Assert.Equal("5047434F50590AFF0D0A000000000000000000", Convert.ToHexString(CopyBuffer.Header));

    [Fact]
    public void Append_WhenARowHasEveryType_ThenIsAsTheManualSays()
    {
        var schema = new Schema([
            new Column("t", ColumnType.String), new Column("i", ColumnType.Integer), new Column("d", ColumnType.Decimal(12, 2)),
            new Column("b", ColumnType.Boolean), new Column("day", ColumnType.Date), new Column("at", ColumnType.Timestamp), new Column("n", ColumnType.Date),
        ]);
        var buffer = new CopyBuffer(schema, 64);

        Assert.Equal(1, buffer.Append(EngineRows.Batch(schema, [
            "ä", (Int128)(-2), (Int128)1_234_567, true, new DateOnly(2000, 1, 2), new DateTime(1999, 12, 31, 23, 59, 59), null]), 0));

        Assert.Equal(
            "0007"
            + "00000002C3A4"
            + "00000008FFFFFFFFFFFFFFFE"
            // 1 2345.6700 → groups 1, 2345, 6700; the first stands for 10,000s.
            + "0000000E" + "0003" + "0001" + "0000" + "0002" + "0001" + "0929" + "1A2C"
            + "0000000101"
            + "0000000400000001"
            + "00000008FFFFFFFFFFF0BDC0"
            + "FFFFFFFF",
            Convert.ToHexString(buffer.Written));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0", 30)]
    [InlineData("1", 0)]
    [InlineData("-1", 1)]
    [InlineData("10000", 0)]
    [InlineData("10000", 4)]
    [InlineData("10001", 3)]
    [InlineData("1", 9)]
    [InlineData("123456789", 5)]
    [InlineData("9223372036854775807", 0)]
    [InlineData("9223372036854775807", 1)]
    [InlineData("-9223372036854775808", 2)]
    [InlineData("-9223372036854775808", 18)]
    [InlineData("170141183460469231731687303715884105727", 30)]
    [InlineData("170141183460469231731687303715884105727", 29)]
    [InlineData("-170141183460469231731687303715884105728", 0)]
    [InlineData("99999999999999999999999999999999999999", 3)]
    [InlineData("100000000000000000000000000000000000000", 6)]
    public void Numeric_WhenReadBackByItsRules_ThenIsTheSame(string text, int scale)
    {
        var units = Int128.Parse(text, CultureInfo.InvariantCulture);
        Span<byte> wide = stackalloc byte[NumericBytes.Most];
        int length = NumericBytes.Write(wide, units, scale);

        Assert.Equal((BigInteger)units, Units(wide[..length], scale));
        if (units >= long.MinValue && units <= long.MaxValue)
        {
            Span<byte> narrow = stackalloc byte[NumericBytes.Most];
            int narrowLength = NumericBytes.Write(narrow, (long)units, scale);
            Assert.Equal(Convert.ToHexString(wide[..length]), Convert.ToHexString(narrow[..narrowLength]));
        }
    }

    [Fact]
    public void Numeric_WhenRandom_ThenIsTheSame()
    {
        var random = new Random(42);
        Span<byte> bytes = stackalloc byte[NumericBytes.Most];
        for (int i = 0; i < 20_000; i++)
        {
            int scale = random.Next(31);
            Int128 units = ((Int128)random.NextInt64(long.MinValue, long.MaxValue) << 64 | (ulong)random.NextInt64()) >> random.Next(128);
            int length = NumericBytes.Write(bytes, units, scale);
            Assert.Equal((BigInteger)units, Units(bytes[..length], scale));
            length = NumericBytes.Write(bytes, (long)units, scale);
            Assert.Equal((long)units, Units(bytes[..length], scale));
        }
    }

    [Fact]
    public void Append_WhenTextsOutgrowTheBuffer_ThenGrowsAndStopsWhenFull()
    {
        var schema = new Schema([new Column("t", ColumnType.String)]);
        RowBatch rows = EngineRows.Batch(schema, [new string('x', 10_000)], ["a"], ["b"]);
        var buffer = new CopyBuffer(schema, 16);

        Assert.Equal(1, buffer.Append(rows, 0));
        Assert.True(buffer.IsFull);
        Assert.Equal((10_006, 1), (buffer.Length, buffer.Rows));
        Assert.Equal("0001" + "00002710" + "7878", Convert.ToHexString(buffer.Written[..8]));
        buffer.Clear();
        Assert.Equal(3, buffer.Append(rows, buffer.Append(rows, 1)));
    }

    [Fact]
    public void Append_WhenATextHasNul_ThenNamesTheColumn()
    {
        var schema = new Schema([new Column("note", ColumnType.String)]);

        EngineException e = Assert.Throws<EngineException>(() => new CopyBuffer(schema, 16).Append(EngineRows.Batch(schema, ["a\0b"]), 0));

        Assert.StartsWith("postgres: column 'note' has a text with a NUL character", e.Message, StringComparison.Ordinal);
    }

    /// <summary>The value of a numeric by the rules of numeric_recv: the sum of each group times 10,000^weight.</summary>
    private static BigInteger Units(ReadOnlySpan<byte> bytes, int scale)
    {
        short At(ReadOnlySpan<byte> from, int place) => System.Buffers.Binary.BinaryPrimitives.ReadInt16BigEndian(from[(place * 2)..]);
        int count = At(bytes, 0);
        int weight = At(bytes, 1);
        Assert.Equal(8 + (2 * count), bytes.Length);
        Assert.Equal(scale, At(bytes, 3));
        BigInteger sum = 0;
        for (int i = 0; i < count; i++)
        {
            Assert.InRange(At(bytes, 4 + i), (short)0, (short)9999);
            int power = (4 * (weight - i)) + scale;
            var group = (BigInteger)At(bytes, 4 + i);
            BigInteger rest = 0;
            sum += power >= 0 ? group * BigInteger.Pow(10, power) : BigInteger.DivRem(group, BigInteger.Pow(10, -power), out rest);
            Assert.Equal(0, rest);
        }

        return At(bytes, 2) == 0x4000 ? -sum : sum;
    }
}
