namespace Assay.Read.Tests;

public sealed class CsvQuoteTests
{
    [Fact]
    public void Quotes_WhenAroundAField_ThenTheyAreTakenOff() => Assert.Equal(
        [@"1@4 None [""1,\n"",""say """"hi""""""] <1,\n> <say ""hi"">", @"2@24 None ["""",x] <> <x>"],
        CsvReading.Read("a,b\n\"1,\n\",\"say \"\"hi\"\"\"\r\n\"\",x\n", null, "a", "b"));

    [Fact]
    public void Quotes_WhenDoubled_ThenEachPairIsOne() => Assert.Equal(
        ["1@4 None [\"\"\"\",\"\"\"\"\"\"] <\"> <\"\">", "2@16 None [\"\"\"x\",\"x\"\"\"] <\"x> <x\">"],
        CsvReading.Read("a,b\n\"\"\"\",\"\"\"\"\"\"\n\"\"\"x\",\"x\"\"\"\n", null, "a", "b"));

    [Fact]
    public void Quote_WhenInsideAnUnquotedField_ThenItIsText() => Assert.Equal(
        ["1@4 None [5\",x\"y\"] <5\"> <x\"y\">", "2@12 None [ \"q\",\"z\"] < \"q\"> <z>"],
        CsvReading.Read("a,b\n5\",x\"y\"\n \"q\",\"z\"\n", null, "a", "b"));

    [Fact]
    public void Quote_WhenOneIsText_ThenBlocksAreStillCutRight()
    {
        // An odd number of quotes before each line: counting them alone would take line ends for content.
        string text = "a,b\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i}\",\"x\ny\"\n"));
        using CsvSource source = CsvReading.Open(CsvReading.Bytes(text), new CsvOptions { BlockSize = 100 }, "a", "b");
        List<CsvRecord> records = CsvReading.All(source, 2, 3);
        Assert.Equal(200, records.Count);
        Assert.All(records, (record, i) => Assert.Equal([$"{i}\"", "x\ny"], record.Fields));
    }

    [Fact]
    public void Close_WhenBeforeCrLfOrTheEnd_ThenItIsProper() => Assert.Equal(
        ["1@4 None [1,\"x\"] <x>", "2@11 None [2,\"y\"] <y>"],
        CsvReading.Read("a,b\n1,\"x\"\r\n2,\"y\"", null, "b"));

    [Fact]
    public void Close_WhenBeforeALoneCr_ThenTheRecordIsAFault() => Assert.Equal(
        [@"1@4 BadQuote [1,""x""\r2] -", @"2@12 BadQuote [3,""y""\r] -"],
        CsvReading.Read("a,b\n1,\"x\"\r2\n3,\"y\"\r", null, "b"));

    [Fact]
    public void LineEnds_WhenInsideQuotes_ThenTheyAreContentAsTheyAre() => Assert.Equal(
        [@"1@4 None [""\r\n\r\n\r"",x] <\r\n\r\n\r> <x>"],
        CsvReading.Read("a,b\n\"\r\n\r\n\r\",x\n", null, "a", "b"));

    [Fact]
    public void Header_WhenQuoted_ThenNamesAreMatchedWithoutQuotes() => Assert.Equal(
        ["1@19 None [1,2,3] <2> <1> <3>"],
        CsvReading.Read("\"a\", \"b\" ,\" c\"\"\nd\"\n1,2,3", null, "b", "a", "c\"\nd"));
}
