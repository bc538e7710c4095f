namespace Assay.Read.Tests;

public sealed class DelimiterTests
{
    [Theory]
    [InlineData("a,b,c\n1,2,3\n", ',')]
    [InlineData("a;b;c\n1,5;2,5;3,5\n", ';')]
    [InlineData("a\tb\n1\t2\n", '\t')]
    [InlineData("a|b|c\n1|2|3", '|')]
    [InlineData("a", ',')]
    [InlineData("a\n1;2\n", ',')]
    [InlineData("\"a,b,c\";d\n\"1,2\";3\n", ';')]
    [InlineData("\"a\nb|c\"\td\n\"1|\n|2\"\t3\n", '\t')]
    [InlineData("a,b;c,d\n1,2;3,4\n", ',')]
    [InlineData("a, b;c, d\n1;2\n3;4\n5;6, 7\n", ';')]
    [InlineData("a;b,c\n1;2,3\n4;5,6\n7;8\n", ';')]
    [InlineData("a|b\n1|2\n3\n4|5\n6|7\n", '|')]
    public void Delimiter_WhenNotDeclared_ThenItIsTheMostConsistent(string text, char delimiter) => Assert.Equal(
        delimiter, (char)DelimiterSniffer.Sniff(CsvReading.Bytes(text), final: true, 1000, 1000));

    [Fact]
    public void Delimiter_WhenTheSampleEndsInTheHeader_ThenItsNamesDecide() => Assert.Equal(
        ';', (char)DelimiterSniffer.Sniff("first name;last na"u8, final: false, 1000, 1000));

    [Fact]
    public void Delimiter_WhenFilesDiffer_ThenEachHasItsOwn()
    {
        using var folder = new TemporaryFolder();
        using CsvSource source = CsvSource.Open(
            [folder.Write("1.csv", "a;b\n1;2\n"), folder.Write("2.csv", "b|x|a\n3|4|5\n")], ["a", "b"], new CsvOptions(), "test");
        Assert.Equal(["1@4 None [1;2] <1> <2>", "1@6 None [3|4|5] <5> <3>"], CsvReading.All(source, 1, 4).Select(record => record.ToString()));
    }
}
