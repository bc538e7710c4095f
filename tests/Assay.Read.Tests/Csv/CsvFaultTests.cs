using System.Globalization;
using Assay.Data;

namespace Assay.Read.Tests;

public sealed class CsvFaultTests
{
    [Fact]
    public void Row_WhenShortOrLong_ThenItsFieldsAreGiven() => Assert.Equal(
        ["1@4 ShortRow [1] <1> -", "2@6 LongRow [1,\"2\",3] <1> <2>", "3@14 None [4,5] <4> <5>"],
        CsvReading.Read("a,b\n1\n1,\"2\",3\n4,5", null, "a", "b"));

    [Fact]
    public void Quote_WhenTextFollowsTheClose_ThenReadingGoesOnAtTheNextLine() => Assert.Equal(
        ["1@4 BadQuote [1,\"x\"y] - -", "2@11 None [2,z] <2> <z>"],
        CsvReading.Read("a,b\n1,\"x\"y\n2,z\n", null, "a", "b"));

    [Fact]
    public void Quote_WhenTextFollowsAFarClose_ThenReadingGoesOnAfterTheFirstLineOfTheField() => Assert.Equal(
        ["1@4 BadQuote [1,\"x] - -", "2@9 None [2,z\"y] <2> <z\"y>"],
        CsvReading.Read("a,b\n1,\"x\n2,z\"y\n", null, "a", "b"));

    [Fact]
    public void Quote_WhenNeverClosed_ThenOnlyThatLineIsLost() => Assert.Equal(
        [@"1@4 BadQuote [1,""x] - -", "2@10 None [2,z] <2> <z>", "3@14 None [3,w] <3> <w>"],
        CsvReading.Read("a,b\n1,\"x\r\n2,z\n3,w", null, "a", "b"));

    [Fact]
    public void Quote_WhenNeverClosedOnTheLastLine_ThenTheRecordGoesOnToTheEnd() => Assert.Equal(
        [@"1@4 BadQuote [1,""x\r] - -"],
        CsvReading.Read("a,b\n1,\"x\r", null, "a", "b"));

    [Theory]
    [InlineData(4, "None")]
    [InlineData(3, "BadQuote")]
    public void Quote_WhenItsCloseIsPastTheFieldLimit_ThenItIsAFault(int limit, string fault)
    {
        string[] records = CsvReading.Read("a,b\n1,\"wx\ny\"\n2,z\n", new CsvOptions { FieldLimit = limit }, "a", "b");
        Assert.Equal(
            fault == "None"
                ? [@"1@4 None [1,""wx\ny""] <1> <wx\ny>", "2@13 None [2,z] <2> <z>"]
                : ["1@4 BadQuote [1,\"wx] - -", "2@10 ShortRow [y\"] <y\"> -", "3@13 None [2,z] <2> <z>"],
            records);
    }

    [Theory]
    [InlineData(4, "None")]
    [InlineData(3, "FieldTooLong")]
    public void Field_WhenLongerThanTheLimit_ThenItIsAFault(int limit, string fault) => Assert.Equal(
        [$"1@4 {fault} [1,wxyz] {(fault == "None" ? "<1> <wxyz>" : "- -")}", "2@12 None [2,z] <2> <z>"],
        CsvReading.Read("a,b\n1,wxyz\r\n2,z\n", new CsvOptions { FieldLimit = limit }, "a", "b"));

    [Theory]
    [InlineData(6, "None")]
    [InlineData(5, "RecordTooLong")]
    public void Record_WhenLongerThanTheLimit_ThenItIsAFault(int limit, string fault) => Assert.Equal(
        [$"1@4 {fault} {(fault == "None" ? "[1,wxyz] <1> <wxyz>" : "[1,wxy] - -")}", "2@12 None [2,z] <2> <z>"],
        CsvReading.Read("a,b\n1,wxyz\r\n2,z\n", new CsvOptions { RecordLimit = limit }, "a", "b"));

    [Theory]
    [InlineData(1 << 20, FaultCode.None)]
    [InlineData((1 << 20) + 1, FaultCode.FieldTooLong)]
    public void Field_WhenOfAMebibyte_ThenTheDefaultLimitHolds(int length, FaultCode fault)
    {
        string text = new('x', length);
        using CsvSource source = CsvReading.Open(CsvReading.Bytes($"a,b\n1,{text}\n2,z\n"), null, "b");
        List<CsvRecord> records = CsvReading.All(source, 1, 10);
        Assert.Equal([fault, FaultCode.None], records.Select(record => record.Fault));
        Assert.Equal(fault == FaultCode.None ? text : null, records[0].Fields[0]);
        Assert.Equal(fault == FaultCode.None ? length + 2 : 1024, records[0].Raw.Length);
        Assert.Equal(4 + 2 + length + 1, records[1].Offset);
        Assert.Equal(2, records[1].Row);
    }

    [Theory]
    [InlineData(2000, 2000)]
    [InlineData(2001, 1024)]
    public void Quote_WhenNeverClosed_ThenItsRawTextIsWholeUpToTheRecordLimit(int length, int kept)
    {
        string raw = "\"" + new string('x', length - 1);
        var options = new CsvOptions { BlockSize = 2001, FieldLimit = 100, RecordLimit = 2000 };
        using CsvSource source = CsvReading.Open(CsvReading.Bytes($"a\n{raw}\r\n1\n"), options, "a");
        List<CsvRecord> records = CsvReading.All(source, 1, 10);
        Assert.Equal([FaultCode.BadQuote, FaultCode.None], records.Select(record => record.Fault));
        Assert.Equal(raw[..kept], records[0].Raw);
        Assert.Equal(2 + length + 2, records[1].Offset);
    }

    [Theory]
    [InlineData("", "x", FaultCode.FieldTooLong)]
    [InlineData("", "xxxxxxxx,", FaultCode.RecordTooLong)]
    [InlineData("\"", "x", FaultCode.BadQuote)]
    [InlineData("", "\"xx", FaultCode.BadQuote)]
    public void Record_WhenFarTooLong_ThenItIsPassedOverInLittleMemory(string start, string piece, FaultCode fault)
    {
        // 60 MB without a line end, through limits of a few KB.
        int times = 60_000_000 / piece.Length;
        long length = start.Length + ((long)piece.Length * times);
        using var stream = new PatternStream(
            CsvReading.Bytes("a,b\n1,x\n" + start), CsvReading.Bytes(piece), times, "\n2,z\n"u8.ToArray());
        using CsvSource source = CsvSource.Open(
            stream, "long", ["a", "b"], new CsvOptions { BlockSize = 4096, FieldLimit = 8192, RecordLimit = 16384 }, "test");
        long before = GC.GetAllocatedBytesForCurrentThread();
        CsvCursor cursor = source.OpenCursor();
        var batch = new FieldBatch(2);
        var records = new List<string>();
        while (cursor.ReadBlock(CancellationToken.None))
        {
            while (cursor.ReadBatch(batch))
            {
                for (int row = 0; row < batch.Count; row++)
                {
                    records.Add(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{batch.FirstRow + row}@{batch.Offset + batch.RecordStarts[row]} {(batch.HasFaults ? batch.Faults[row] : FaultCode.None)} {batch.RecordLengths[row]}"));
                }
            }
        }

        Assert.Equal(["1@4 None 3", $"2@8 {fault} 1024", $"3@{8 + length + 1} None 3"], records);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500_000);
    }

    [Fact]
    public void Utf8_WhenInvalidAnywhereInARecord_ThenOnlyThatRecordIsAFault() => Assert.Equal(
        [
            "1@6 None [\u00C3\u00A9,1,2] <\u00C3\u00A9>", "2@13 InvalidUtf8 [\u00FF,1,2] <\u00FF>",
            "3@19 InvalidUtf8 [x,1,\u00C3] <x>", "4@25 InvalidUtf8 [\u00E2\u0082] <\u00E2\u0082>", "5@28 None [y,1,2] <y>",
        ],
        CsvReading.Read("a,b,c\n\u00C3\u00A9,1,2\n\u00FF,1,2\nx,1,\u00C3\n\u00E2\u0082\ny,1,2\n", null, "a"));

    [Fact]
    public void Utf8_WhenTheRecordIsBadlyQuotedToo_ThenThatIsTheFault() => Assert.Equal(
        ["1@4 BadQuote [\"x\"\u00FF,] -", "2@10 None [2,] <2>"],
        CsvReading.Read("a,b\n\"x\"\u00FF,\n2,\n", null, "a"));
}
