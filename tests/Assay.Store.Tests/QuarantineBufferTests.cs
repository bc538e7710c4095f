using System.Text;
using Assay.Data;

namespace Assay.Store.Tests;

public class QuarantineBufferTests
{
    [Fact]
    public void Add_WhenTheTextsAreOrdinary_ThenOnlyTheRecordIsQuoted()
    {
        var buffer = new QuarantineBuffer();

        buffer.Add("in.csv"u8, 7, 1234567890123, "price"u8, FaultCode.NotBetween, "-1"u8, "more than 0"u8, "day:not_a_date"u8, "a,-1,x"u8);
        buffer.Add("in.csv"u8, 8, 0, ""u8, FaultCode.ShortRow, ""u8, "3 fields"u8, ""u8, "a"u8);

        Assert.Equal(2, buffer.Rows);
        Assert.Equal(
            "in.csv,7,1234567890123,price,not_between,-1,more than 0,day:not_a_date,\"a,-1,x\"\n"
            + "in.csv,8,0,,short_row,,3 fields,,a\n",
            Encoding.UTF8.GetString(buffer.Bytes));
    }

    [Theory]
    [InlineData("\"", "\"\"\"\"")]
    [InlineData("a\"b\"\"c", "\"a\"\"b\"\"\"\"c\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData("a\rb", "\"a\rb\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("nul\0é😀\u2028", "nul\0é😀\u2028")]
    [InlineData(" = 1 ", " = 1 ")]
    public void Add_WhenTheValueIsHostile_ThenIsQuotedOnlyIfItMustBe(string value, string written)
    {
        var buffer = new QuarantineBuffer();

        buffer.Add("f"u8, 1, 2, "c"u8, FaultCode.NoMatch, Encoding.UTF8.GetBytes(value), ""u8, ""u8, "r"u8);

        Assert.Equal($"f,1,2,c,no_match,{written},,,r\n", Encoding.UTF8.GetString(buffer.Bytes));
    }

    [Theory]
    [InlineData(new byte[] { 0xff }, "\ufffd")]
    [InlineData(new byte[] { 0x61, 0xc3, 0x62 }, "a\ufffdb")]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 }, "\ufffd\ufffd\ufffd")]
    [InlineData(new byte[] { 0xf0, 0x9f, 0x98, 0x2c, 0x80 }, "\"\ufffd,\ufffd\"")]
    [InlineData(new byte[] { 0xc3, 0xa9, 0xe2, 0x82 }, "é\ufffd")]
    public void Add_WhenBytesAreNotUtf8_ThenTheyAreReplaced(byte[] value, string written)
    {
        var buffer = new QuarantineBuffer();

        buffer.Add("f"u8, 1, 2, ""u8, FaultCode.InvalidUtf8, value, ""u8, ""u8, value);

        Assert.Equal(
            $"f,1,2,,invalid_utf8,{written},,,{written}\n",
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(buffer.Bytes));
    }

    [Fact]
    public void Add_WhenRowsAreRandomBytes_ThenAReaderGetsThemBack()
    {
        var random = new Random(20260314);
        byte[] alphabet = [.. "\",\n\r\0ab;"u8, 0xc3, 0xa9, 0xff, 0x80];
        var buffer = new QuarantineBuffer();
        var expected = new List<string[]>();
        for (int i = 0; i < 2000; i++)
        {
            byte[] value = Draw(random, alphabet, 12);
            byte[] record = Draw(random, alphabet, i == 1000 ? 300_000 : 60);
            var code = (FaultCode)random.Next(1, Enum.GetValues<FaultCode>().Length);
            buffer.Add("my,file"u8, i, i * 10L, "c\"d"u8, code, value, "é, or so"u8, "x:required; y:no_match"u8, record);
            expected.Add(
            [
                "my,file", $"{i}", $"{i * 10}", "c\"d", code.Name(), Encoding.UTF8.GetString(value), "é, or so",
                "x:required; y:no_match", Encoding.UTF8.GetString(record),
            ]);
        }

        Assert.Equal(expected, CsvText.Parse(Encoding.UTF8.GetString(buffer.Bytes)));
    }

    [Fact]
    public void Add_WhenTheBufferIsWarm_ThenARowAllocatesNothing()
    {
        var buffer = new QuarantineBuffer();
        byte[] record = [.. "a,b,\"$5\","u8, 0xff];
        Fill(buffer, record);
        buffer.Clear();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Fill(buffer, record);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(500, buffer.Rows);
    }

    [Fact]
    public void Clear_WhenTheBufferGrewForAnUnusualBlock_ThenGivesTheMemoryBack()
    {
        var buffer = new QuarantineBuffer();
        buffer.Add("f"u8, 1, 2, ""u8, FaultCode.RecordTooLong, ""u8, ""u8, ""u8, new byte[QuarantineBuffer.MostKept + 1]);
        Assert.True(buffer.Capacity > QuarantineBuffer.MostKept);

        buffer.Clear();

        Assert.True(buffer.Capacity <= QuarantineBuffer.MostKept);
        Assert.Equal(0, buffer.Rows);
        Assert.True(buffer.Bytes.IsEmpty);
    }

    private static void Fill(QuarantineBuffer buffer, byte[] record)
    {
        for (int i = 0; i < 500; i++)
        {
            buffer.Add("in.csv"u8, i, i, "price"u8, FaultCode.NotANumber, "\"$5\""u8, "a number"u8, ""u8, record);
        }
    }

    private static byte[] Draw(Random random, byte[] alphabet, int most)
    {
        byte[] bytes = new byte[random.Next(most)];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = alphabet[random.Next(alphabet.Length)];
        }

        return bytes;
    }
}
