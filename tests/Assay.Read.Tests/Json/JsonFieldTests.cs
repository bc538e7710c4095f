using System.Text;

namespace Assay.Read.Tests;

public sealed class JsonFieldTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("-0", "-0")]
    [InlineData("12.50", "12.50")]
    [InlineData("1E+400", "1E+400")]
    [InlineData("123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("null", null)]
    [InlineData("\"\"", "")]
    [InlineData("\"null\"", "null")]
    [InlineData("\" x \"", " x ")]
    [InlineData("{ \"b\" : [1, 2] }", "{ \"b\" : [1, 2] }")]
    [InlineData("[ ]", "[ ]")]
    [InlineData("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "a\"\\/\b\f\n\r\t")]
    [InlineData("\"\\u0041\\u00e9\\u20AC\\ud83d\\uDE00\\u0000\"", "Aé€😀\0")]
    [InlineData("\"é€😀\\n\"", "é€😀\n")]
    public void Value_WhenRead_ThenItIsItsText(string value, string? text)
    {
        using JsonSource source = JsonReading.Open(Encoding.UTF8.GetBytes($"{{\"a\":{value}}}"), JsonReading.Lines, "a");
        CsvRecord record = Assert.Single(JsonReading.Records(source, 1, 1));
        Assert.Equal(text, record.Fields[0] is { } field ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(field)) : null);
    }

    [Theory]
    [InlineData("01")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("-")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    [InlineData("True")]
    [InlineData("'a'")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12G4\"")]
    [InlineData("\"\t\"")]
    [InlineData("[1,]")]
    [InlineData("{\"b\":1,}")]
    [InlineData("{b:1}")]
    [InlineData("[1}")]
    [InlineData("{\"b\"}")]
    [InlineData("// c")]
    [InlineData("")]
    [InlineData("\0")]
    public void Value_WhenMalformed_ThenTheLineIsAFault(string value)
    {
        using JsonSource source = JsonReading.Open(Encoding.UTF8.GetBytes($"{{\"a\":{value}}}\n{{\"a\":1}}\n"), JsonReading.Lines, "a");
        Assert.Equal(["BadJson -", "None 1"], JsonReading.Records(source, 1, 5).Select(record => $"{record.Fault} {record.Fields[0] ?? "-"}"));
    }

    [Fact]
    public void Path_WhenNested_ThenItIsFollowed() => Assert.Equal(
        [
            """1@0 None [{"address":{"city":"Pune","geo":{"lat":1.5}},"tags":["x",{"y":2}]}] <Pune> <1.5> <x> <2> <{"city":"Pune","geo":{"lat":1.5}}>""",
            """2@73 None [{"address":null,"tags":[]}] - - - - -""",
            """3@100 None [{"address":"Pune","tags":{"0":"zero"}}] - - <zero> - <Pune>""",
        ],
        JsonReading.Read(
            """
            {"address":{"city":"Pune","geo":{"lat":1.5}},"tags":["x",{"y":2}]}
            """ + "      \n" + """
            {"address":null,"tags":[]}
            {"address":"Pune","tags":{"0":"zero"}}
            """.ReplaceLineEndings("\n"),
            JsonReading.Lines,
            "address.city",
            "address.geo.lat",
            "tags.0",
            "tags.1.y",
            "address").Select(record => record.Replace("      ]", "]", StringComparison.Ordinal)));

    [Fact]
    public void Path_WhenAnElementIsAskedForAsAWholeAndInPart_ThenBothAreGiven() => Assert.Equal(
        ["""1@0 None [{"l":[[1,2],[3]]}] <[[1,2],[3]]> <[1,2]> <2> <3>"""],
        JsonReading.Read("""{"l":[[1,2],[3]]}""", JsonReading.Lines, "l", "l.0", "l.0.1", "l.1.0"));

    [Fact]
    public void Path_WhenANameHasADot_ThenItStandsInQuotes() => Assert.Equal(
        ["""1@0 None [{"a.b":{"c\\"d":1},"":2,"a":{"b":3}}] <1> <2> <3>"""],
        JsonReading.Read("""{"a.b":{"c\"d":1},"":2,"a":{"b":3}}""", JsonReading.Lines, "\"a.b\".\"c\"\"d\"", "\"\"", "a.b"));

    [Fact]
    public void Name_WhenWrittenWithEscapes_ThenItIsTheSame() => Assert.Equal(
        ["""1@0 None [{"\\u0061\\u00e9":1}] <1>"""],
        JsonReading.Read("""{"\u0061\u00e9":1}""", JsonReading.Lines, "aé"));

    [Fact]
    public void Names_WhenTheyChangeTheirOrder_ThenTheyAreStillFound()
    {
        var random = new Random(20260101);
        string[] names = [.. Enumerable.Range(0, 20).Select(i => new string((char)('a' + i), 1 + (i * 7)))];
        var text = new StringBuilder();
        for (int i = 0; i < 200; i++)
        {
            random.Shuffle(names);
            text.Append('{').AppendJoin(',', names.Take(random.Next(10, 21)).Select(name => $"\"{name}\":\"{name[0]}{i}\"")).Append("}\n");
        }

        string[] columns = [.. names.Order(StringComparer.Ordinal)];
        using JsonSource source = JsonReading.Open(Encoding.UTF8.GetBytes(text.ToString()), JsonReading.Lines, columns);
        List<CsvRecord> records = JsonReading.Records(source, 1, 64);
        Assert.Equal(200, records.Count);
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(
                columns.Select(column => records[i].Raw.Contains($"\"{column}\"", StringComparison.Ordinal) ? $"{column[0]}{i}" : null),
                records[i].Fields);
        }
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData("")]
    [InlineData("a.")]
    [InlineData("\"a")]
    [InlineData("\"a\"b")]
    public void Path_WhenMalformed_ThenTheCallIsWrong(string path)
    {
        var error = Assert.Throws<ArgumentException>(() => JsonReading.Open([], null, path));
        Assert.StartsWith($"`{path}` is not a path of names", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_WhenTwoAreOnePlace_ThenTheCallIsWrong()
    {
        var error = Assert.Throws<ArgumentException>(() => JsonReading.Open([], null, "a", "\"a\""));
        Assert.StartsWith("`a` and `\"a\"` are one place.", error.Message, StringComparison.Ordinal);
    }
}
