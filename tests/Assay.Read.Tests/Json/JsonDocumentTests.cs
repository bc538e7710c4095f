using Assay.Data;

namespace Assay.Read.Tests;

public sealed class JsonDocumentTests
{
    private static readonly JsonOptions AtItems = new() { Record = "data.items" };

    [Theory]
    [InlineData(1)]
    [InlineData(1 << 17)]
    public void List_WhenRead_ThenItsElementsAreTheRecords(int blockSize) => Assert.Equal(
        ["""1@4 None [{"a":"1,2]"}] <1,2]>""", """2@17 BadJson [[1,{"a":2}]] -""", """3@29 BadJson [3] -""", """4@34 BadJson ["{"] -""", """5@38 None [{}] -"""],
        JsonReading.Read("[ \n {\"a\":\"1,2]\"},[1,{\"a\":2}],3 ,\n \"{\",{}]\n", new JsonOptions { BlockSize = blockSize }, "a"));

    [Theory]
    [InlineData("[]")]
    [InlineData("\uFEFF [ \n ] ")]
    public void List_WhenEmpty_ThenThereAreNoRecords(string text) => Assert.Equal([], JsonReading.Read(text, null, "a"));

    [Fact]
    public void Document_WhenAnObject_ThenItIsTheOneRecord() => Assert.Equal(
        ["""1@1 None [{"a":{"b":[1]}}] <[1]>"""], JsonReading.Read(" {\"a\":{\"b\":[1]}}\n", null, "a.b"));

    [Theory]
    [InlineData("{\"x\":[{\"items\":[]}],\"data\":{\"items\":[{\"a\":1},{\"a\":2}],\"items2\":[3]},\"y\":1}", 37)]
    [InlineData("{\"items\":1,\"data\":{\"data\":{\"items\":[]},\"\\u0069tems\":[{\"a\":1},{\"a\":2}]}}", 53)]
    public void Record_WhenAPath_ThenTheListThereHasTheRecords(string text, int offset) => Assert.Equal(
        [$$"""1@{{offset}} None [{"a":1}] <1>""", $$"""2@{{offset + 8}} None [{"a":2}] <2>"""], JsonReading.Read(text, AtItems, "a"));

    [Fact]
    public void Record_WhenThePathLeadsToAnObject_ThenItIsTheOneRecord() => Assert.Equal(
        ["""1@17 None [{"a":1}] <1>"""], JsonReading.Read("{\"data\":{\"items\":{\"a\":1}}}", AtItems, "a"));

    [Fact]
    public void Record_WhenNull_ThenThereAreNoRecords() =>
        Assert.Equal([], JsonReading.Read("{\"data\":{\"items\":null}}", AtItems, "a"));

    [Theory]
    [InlineData("{\"data\":{\"item\":[],\"x\":1}}", "the records are to be at `data.items`, but there is no such place; the names there are: item, x.")]
    [InlineData("{\"data\":[{\"items\":[]}]}", "the records are to be at `data.items`, but there is no such place; the names there are: data.")]
    [InlineData("{\"data\":{\"items\":\"x\"}}", "the records are to be at `data.items`, but it is a string.")]
    [InlineData("[{\"a\":1}]", "the records are to be at `data.items`, but it is a list.")]
    public void Record_WhenNotThere_ThenTheRunEnds(string text, string message)
    {
        var error = Assert.Throws<ReadException>(() => JsonReading.Read(text, AtItems, "a"));
        Assert.Equal("test.json: " + message, error.Message);
        Assert.Equal(ReadErrorKind.NoRecords, error.Kind);
        Assert.True(error.IsConfiguration);
    }

    [Fact]
    public void Document_WhenAScalar_ThenTheRunEnds()
    {
        var error = Assert.Throws<ReadException>(() => JsonReading.Read("12", null, "a"));
        Assert.Equal("test.json: a list of objects, or an object, is needed, but the document is a number.", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData(" \r\n")]
    public void Document_WhenEmpty_ThenTheRunEnds(string text)
    {
        var error = Assert.Throws<ReadException>(() => JsonReading.Read(text, null, "a"));
        Assert.Equal(ReadErrorKind.Empty, error.Kind);
        Assert.Equal("test.json is empty: a JSON document is needed.", error.Message);
    }

    [Theory]
    [InlineData("[{\"a\":1},\n {\"a\":é}]", 1, "2:7, byte 16: a value is expected, not the byte 0xC3")]
    [InlineData("[{\"a\":1}\n\n {\"a\":2}]", 1, "3:2, byte 11: `,` or `]` is expected, not `{`")]
    [InlineData("[{\"a\":1},]", 1, "1:10, byte 9: a record is expected, not `]`")]
    [InlineData("[{\"a\":1},,]", 1, "1:10, byte 9: a value is expected, not `,`")]
    [InlineData("[{\"a\":1}}", 1, "1:9, byte 8: `,` or `]` is expected, not `}`")]
    [InlineData("[{\"a\":1]", 0, "1:8, byte 7: `,` or `}` is expected, not `]`")]
    [InlineData("[{\"a\":1},{\"é\":\"x", 1, "1:17, byte 17: the file ends where a closing quote should be")]
    [InlineData("[{\"a\":1},\n", 1, "2:1, byte 10: the file ends where a record should be")]
    [InlineData("[{\"a\":1}", 1, "1:9, byte 8: the file ends where `,` or `]` should be")]
    [InlineData("[", 0, "1:2, byte 1: the file ends where a record should be")]
    [InlineData("{\"a\":1", 0, "1:7, byte 6: the file ends where `,` or `}` should be")]
    [InlineData("[{\"a\":1}] [", 1, "1:11, byte 10: something follows the document; if the file has one object a line, its format is JSON lines")]
    [InlineData("{\"a\":1}\n{\"a\":2}", 1, "2:1, byte 8: something follows the document; if the file has one object a line, its format is JSON lines")]
    [InlineData("name,price\n", 0, "1:2, byte 1: well-formed JSON is expected, not `a`")]
    public void Document_WhenMalformed_ThenWhatCameBeforeIsKept(string text, int records, string broken)
    {
        foreach (int blockSize in new[] { 1, 2, 7, 1 << 17 })
        {
            string[] read = JsonReading.Read(text, new JsonOptions { BlockSize = blockSize }, "a");
            Assert.Equal(records + 1, read.Length);
            Assert.Equal("file 0 breaks off at " + broken, read[^1]);
        }
    }

    [Theory]
    [InlineData("{\"data\":{\"items\":[{\"a\":1}],\n\"items\":[{\"a\":2}]}}", 1, "2:9, byte 36: the records are there a second time")]
    [InlineData("{\"data\":{\"items\":[{\"a\":1}]},\"data\":{\"items\":[]}}", 1, "1:45, byte 44: the records are there a second time")]
    [InlineData("{\"data\":{\"items\":[{\"a\":1}]", 1, "1:27, byte 26: the file ends before the document does")]
    [InlineData("{\"x\":[1,\n2,,", 0, "2:3, byte 11: well-formed JSON is expected, not `,`")]
    public void Document_WhenMalformedAroundItsRecords_ThenItBreaksOff(string text, int records, string broken)
    {
        foreach (int blockSize in new[] { 1, 2, 7, 1 << 17 })
        {
            string[] read = JsonReading.Read(text, AtItems with { BlockSize = blockSize }, "a");
            Assert.Equal(records + 1, read.Length);
            Assert.Equal("file 0 breaks off at " + broken, read[^1]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(1 << 17)]
    public void Record_WhenTooLong_ThenReadingGoesOnAfterIt(int blockSize)
    {
        var options = new JsonOptions { RecordLimit = 10, BlockSize = blockSize };
        Assert.Equal(
            [
                """1@1 None [{"a":1   }] <1>""",
                """2@12 RecordTooLong [{"a":"2,]x] -""",
                """3@26 BadJson [4] -""",
                """4@59 RecordTooLong [[[[[[[[[[[] -""",
                """5@84 None [{"a":5}] <5>""",
                """file 0 breaks off at 1:93, byte 92: the file ends where `,` or `]` should be""",
            ],
            JsonReading.Read(
                "[{\"a\":1   },{\"a\":\"2,]x\"} ,4,                               [[[[[[[[[[{}]]]]]]]]]]  ,{\"a\":5} ", options, "a"));
    }

    [Fact]
    public void Record_WhenFarTooLong_ThenItIsPassedOverInLittleMemory()
    {
        using var stream = new PatternStream("[{\"a\":1},{\"a\":["u8.ToArray(), "\"x\\\"],\",{},"u8.ToArray(), 5_000_000, "0]},{\"a\":3}]"u8.ToArray());
        using JsonSource source = JsonSource.Open(
            stream, "long", ["a"], new JsonOptions { BlockSize = 4096, RecordLimit = 16384 }, "test");
        long before = GC.GetAllocatedBytesForCurrentThread();
        List<CsvRecord> records = JsonReading.Records(source, 1, 8);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3_000_000);
        Assert.Equal([FaultCode.None, FaultCode.RecordTooLong, FaultCode.None], records.Select(record => record.Fault));
        Assert.Equal(1024, records[1].Raw.Length);
        Assert.Equal("3", records[2].Fields[0]);
        Assert.Equal(stream.Length - 8, records[2].Offset);
    }

    [Fact]
    public void List_WhenLong_ThenMemoryStaysFlat()
    {
        using var stream = new PatternStream(
            "{\"n\":1,\"data\":{\"items\":["u8.ToArray(), "{\"id\":12,\"name\":\"Laptop \\u0031\"},\n"u8.ToArray(), 5_000_000, "{\"id\":1,\"name\":\"\"}]}}"u8.ToArray());
        using JsonSource source = JsonSource.Open(stream, "long", ["name", "id"], AtItems, "test");
        JsonCursor cursor = source.OpenCursor();
        FieldBatch batch = source.NewBatch();
        long rows = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (cursor.ReadBlock(CancellationToken.None))
        {
            while (cursor.ReadBatch(batch))
            {
                rows += batch.Count;
            }
        }

        Assert.Equal(5_000_001, rows);
        Assert.Empty(source.Incomplete);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void Space_WhenLongerThanAnyLimit_ThenItIsPassedOver()
    {
        string space = new(' ', 5000);
        var options = AtItems with { BlockSize = 16, RecordLimit = 100 };
        Assert.Equal(
            ["1@25018 None [{\"a\":1}] <1>"],
            JsonReading.Read($"{space}{{{space}\"data\":{space}{{\"items\":{space}[{space}{{\"a\":1}}{space}]{space}}}{space}}}{space}", options, "a"));
    }

    [Theory]
    [InlineData(101)]
    [InlineData(3000)]
    public void Value_WhenTooLongOutsideOfTheRecords_ThenTheDocumentBreaksOff(int length)
    {
        string text = $"{{\"x\":\"{new string('x', length)}\",\"data\":{{\"items\":[{{\"a\":1}}]}}}}";
        Assert.Equal(
            ["file 0 breaks off at 1:6, byte 5: a value outside of the records is longer than 100 bytes"],
            JsonReading.Read(text, AtItems with { BlockSize = 16, RecordLimit = 100 }, "a"));
    }
}
