using System.Text;
using Assay.Data;

namespace Assay.Read.Tests;

public sealed class JsonLinesTests
{
    [Fact]
    public void Lines_WhenOneIsNoObject_ThenOnlyItIsAFault() => Assert.Equal(
        [
            """1@0 None [{"a":1}] <1>""",
            """2@9 BadJson [{"a":2] -""",
            """3@17 BadJson [[1]] -""",
            """4@21 BadJson [{"a":4} x] -""",
            """5@31 BadJson [nul] -""",
            """6@35 None [ {"a" : "6"}] <6>""",
        ],
        JsonReading.Read("{\"a\":1}\r\n{\"a\":2\n\n[1]\n{\"a\":4} x\nnul\n {\"a\" : \"6\"}", JsonReading.Lines, "a"));

    [Fact]
    public void BlankLines_WhenThereAreAny_ThenTheyAreNoRecords() => Assert.Equal(
        ["""1@6 None [{"a":1}] <1>""", """2@18 None [{"a":2}\t] <2>""".Replace("\\t", "\t", StringComparison.Ordinal)],
        JsonReading.Read("\n \t\r\n\n{\"a\":1}\n  \r\n{\"a\":2}\t\r\n\n", JsonReading.Lines, "a"));

    [Fact]
    public void Mark_WhenAtTheStart_ThenItIsPassedOver() => Assert.Equal(
        ["""1@3 None [{"a":1}] <1>""", """2@11 None [{"a":2}] <2>"""],
        JsonReading.Read("\uFEFF{\"a\":1}\n{\"a\":2}", JsonReading.Lines with { BlockSize = 1 }, "a"));

    [Fact]
    public void File_WhenEmpty_ThenItHasNoRecords() => Assert.Equal([], JsonReading.Read("", JsonReading.Lines, "a"));

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(1 << 16)]
    public void Line_WhenTooLong_ThenItsStartIsKept(int blockSize)
    {
        var options = JsonReading.Lines with { RecordLimit = 10, BlockSize = blockSize };
        Assert.Equal(
            [
                """1@0 None [{"a":1   }] <1>""",
                """2@12 RecordTooLong [{"a":2    ] -""",
                """3@24 None [{"a":3}] <3>""",
                """4@32 RecordTooLong [{"a":"xxxx] -""",
            ],
            JsonReading.Read("{\"a\":1   }\r\n{\"a\":2    }\n{\"a\":3}\n{\"a\":\"xxxxxxxxxxxxxxxxxxxxxxxxx", options, "a"));
    }

    [Fact]
    public void Field_WhenTooLong_ThenItIsAFaultOnlyIfItIsAskedFor() => Assert.Equal(
        ["""1@0 FieldTooLong [{"a":"12345","b":1}] - -""", """2@20 None [{"a":"1234","c":"12345","b":1}] <1234> <1>"""],
        JsonReading.Read(
            "{\"a\":\"12345\",\"b\":1}\n{\"a\":\"1234\",\"c\":\"12345\",\"b\":1}", JsonReading.Lines with { FieldLimit = 4 }, "a", "b"));

    [Fact]
    public void Utf8_WhenInvalid_ThenTheRecordIsAFaultWithItsFields()
    {
        byte[] bytes = [.. "{\"a\":\""u8, 0xFF, .. "\"}\n{\"a\":\"\\uD800\"}\n{\"a\":\"\\uDC00\\uD800\"}\n{\"a\":\"é\"}\n{\"\\ud800\":1}\n"u8];
        using JsonSource source = JsonReading.Open(bytes, JsonReading.Lines, "a");
        List<CsvRecord> records = JsonReading.Records(source, 1, 2);
        Assert.Equal(
            [FaultCode.InvalidUtf8, FaultCode.InvalidUtf8, FaultCode.InvalidUtf8, FaultCode.None, FaultCode.InvalidUtf8],
            records.Select(record => record.Fault));
        Assert.Equal("\u00FF", records[0].Fields[0]);
        Assert.Equal(Encoding.Latin1.GetString("é"u8), records[3].Fields[0]);
    }

    [Fact]
    public void Name_WhenRepeated_ThenTheRecordIsAFaultAndTheFirstCounts() => Assert.Equal(
        [
            """1@0 RepeatedField [{"a":1,"a":2}] <1> -""",
            """2@14 RepeatedField [{"x":1,"a":3,"\\u0078":2}] <3> -""",
            """3@39 RepeatedField [{"b":{"c":4,"d":1,"d":2}}] - <4>""",
            """4@65 None [{"a":{"d":1,"d":2},"b":{"c":5}}] <{"d":1,"d":2}> <5>""",
        ],
        JsonReading.Read(
            """
            {"a":1,"a":2}
            {"x":1,"a":3,"\u0078":2}
            {"b":{"c":4,"d":1,"d":2}}
            {"a":{"d":1,"d":2},"b":{"c":5}}
            """.ReplaceLineEndings("\n"),
            JsonReading.Lines,
            "a",
            "b.c"));

    [Fact]
    public void Names_WhenMoreThanAreRemembered_ThenRepeatsAreStillTold()
    {
        string many = string.Concat(Enumerable.Range(0, 6000).Select(i => $"\"n{i}\":0,"));
        using JsonSource source = JsonReading.Open(
            Encoding.UTF8.GetBytes($"{{{many}\"a\":1}}\n{{{many}\"n5999\":0,\"a\":2}}\n{{{many}\"n1\":0,\"a\":3}}"), JsonReading.Lines, "a");
        Assert.Equal(
            [FaultCode.None, FaultCode.RepeatedField, FaultCode.RepeatedField],
            JsonReading.Records(source, 2, 2).Select(record => record.Fault));
        Assert.Equal(Enumerable.Range(0, 6000).Select(i => $"n{i}").Order(StringComparer.Ordinal).Take(1000), source.ExtraColumns);
    }

    [Theory]
    [InlineData(64, FaultCode.None)]
    [InlineData(65, FaultCode.BadJson)]
    [InlineData(100_000, FaultCode.BadJson)]
    public void Nesting_WhenDeeperThanTheLimit_ThenItIsAFault(int levels, FaultCode fault)
    {
        string lists = $"{{\"a\":{new string('[', levels - 1)}{new string(']', levels - 1)}}}";
        string objects = string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels);
        using JsonSource source = JsonReading.Open(Encoding.UTF8.GetBytes($"{lists}\n{objects}\n{{\"a\":1}}"), JsonReading.Lines, "a");
        List<CsvRecord> records = JsonReading.Records(source, 1, 10);
        Assert.Equal([fault, fault, FaultCode.None], records.Select(record => record.Fault));
        Assert.Equal(fault == FaultCode.None ? lists[5..^1] : null, records[0].Fields[0]);
    }
}
