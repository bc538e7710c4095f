namespace Assay.Read.Tests;

/// <summary>What stands above the header, and lines that end otherwise.</summary>
public sealed class CsvLinesAboveTests
{
    [Theory]
    [InlineData(1, "Export of 1.2.\na,b\n1,2\n", 1, 19)]
    [InlineData(2, "\u00EF\u00BB\u00BFExport, \"of\r\n\r\na,b\r\n1,2\n", 1, 23)]
    [InlineData(1, "title\n\n\na,b\n1,2", 1, 12)]
    [InlineData(0, "sep=;\r\na;b\n1;2\n", 1, 11)]
    [InlineData(1, "sep=;\na;b\n1;2\n", 1, 10)]
    [InlineData(2, "SEP=;\ntitle\na;b\n1;2\n", 1, 16)]
    [InlineData(0, "\u00EF\u00BB\u00BFsep=\t\na\tb\n1\t2\n", 1, 13)]
    public void Header_WhenLinesStandAbove_ThenTheyArePassedOver(int lines, string text, int row, int offset)
    {
        string[] records = CsvReading.Read(text, new CsvOptions { SkipLines = lines }, "b");

        string record = Assert.Single(records);
        Assert.StartsWith($"{row}@{offset} None [", record, StringComparison.Ordinal);
        Assert.EndsWith("] <2>", record, StringComparison.Ordinal);
    }

    [Fact]
    public void Header_WhenSepTellsTheDelimiter_ThenThatOfTheOptionsCounts() => Assert.Equal(
        ["1@12 None [1,2;3] <2;3>"],
        CsvReading.Read("sep=;\na,b;c\n1,2;3\n", new CsvOptions { Delimiter = (byte)',' }, "b;c"));

    [Theory]
    [InlineData("sep=;;\n1\n", "sep=")]
    [InlineData("sep=\n1\n", "sep=")]
    [InlineData("sep=;", "sep=")]
    public void Header_WhenSepIsSomethingElse_ThenItIsAHeader(string text, string name)
    {
        using CsvSource source = CsvReading.Open(CsvReading.Bytes(text));

        Assert.Equal(name, source.ExtraColumns[0]);
    }

    [Fact]
    public void Header_WhenAfterMegabytesOfLines_ThenIsFound()
    {
        string line = new('x', 100_000);
        string above = string.Concat(Enumerable.Repeat(line + "\n", 30));

        Assert.Equal(["1@3000034 None [1,2] <1> <2>"], CsvReading.Read(above + "a,b\n1,2", new CsvOptions { SkipLines = 30 }, "a", "b"));
    }

    [Fact]
    public void Header_WhenLinesStandAbove_ThenErrorsTellItsLine() => Assert.Equal(
        3,
        Assert.Throws<ReadException>(() => CsvReading.Open(CsvReading.Bytes("t\nu\na,b\n1,2\n"), new CsvOptions { SkipLines = 2 }, "c")).Line);

    [Theory]
    [InlineData("a\nb\n", 2)]
    [InlineData("a\nb", 2)]
    [InlineData("a", 7)]
    public void Header_WhenAllLinesArePassedOver_ThenTheFileIsEmpty(string text, int lines) => Assert.Equal(
        ReadErrorKind.Empty,
        Assert.Throws<ReadException>(() => CsvReading.Open(CsvReading.Bytes(text), new CsvOptions { SkipLines = lines }, "a")).Kind);

    [Fact]
    public void Source_WhenRewound_ThenLinesAboveArePassedOverAgain()
    {
        using var folder = new TemporaryFolder();
        using CsvSource source = CsvSource.Open([folder.Write("a.csv", "sep=|\na|b\n1|2\n")], ["b"], new CsvOptions { BlockSize = 1 }, "test");
        Assert.Equal(["1@10 None [1|2] <2>"], CsvReading.All(source, 1, 5).Select(record => record.ToString()));
        Assert.Equal(("a|b", '|'), (source.Header, source.Delimiter));

        source.Rewind();

        Assert.Equal(["1@10 None [1|2] <2>"], CsvReading.All(source, 1, 5).Select(record => record.ToString()));
    }

    [Theory]
    [InlineData("a,b\r1,2\r3,4\r")]
    [InlineData("a\rb")]
    public void File_WhenItsLinesEndInCrAlone_ThenSaysSo(string text) => Assert.Equal(
        "test.csv: its lines end in CR alone, as on old Macs, which is not read; save it with LF or CRLF as line ends.",
        Assert.Throws<ReadException>(() => CsvReading.Open(CsvReading.Bytes(text), null, "a")).Message);

    [Theory]
    [InlineData("a,b\r")]
    [InlineData("\"a\rx\",b")]
    public void File_WhenOfOneLineWithACr_ThenItIsAHeader(string text)
    {
        using CsvSource source = CsvReading.Open(CsvReading.Bytes(text), null, "b");

        Assert.Empty(CsvReading.All(source, 1, 5));
    }
}
