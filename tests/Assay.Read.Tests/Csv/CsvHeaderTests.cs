namespace Assay.Read.Tests;

public sealed class CsvHeaderTests
{
    [Fact]
    public void Columns_WhenMissing_ThenTheErrorNamesThemAndThoseThatAreThere()
    {
        ReadException error = Fails("Order ID,regoin,qty\n1,2,3\n", "order_id", "region", "unit_price");
        Assert.Equal(
            "test.csv: missing columns 'order_id' (did you mean 'Order ID'?), 'region' (did you mean 'regoin'?), 'unit_price'; "
            + "the header has: Order ID, regoin, qty.",
            error.Message);
        Assert.Equal(ReadErrorKind.MissingColumn, error.Kind);
        Assert.True(error.IsConfiguration);
        Assert.Equal("test.csv", error.File);
        Assert.Equal("test", error.SourceName);
        Assert.Equal("order_id", error.Column);
        Assert.Equal(1, error.Line);
    }

    [Fact]
    public void Columns_WhenTheCaseIsAnother_ThenTheyAreMissing()
    {
        ReadException error = Fails("A\n", "a");
        Assert.Equal("test.csv: missing column 'a' (did you mean 'A'?); the header has: A.", error.Message);
    }

    [Fact]
    public void Columns_WhenNeededAndThereTwice_ThenItIsAnError()
    {
        ReadException error = Fails("\na,b, a\n1,2,3\n", "b", "a");
        Assert.Equal("test.csv: column 'a' is in the header more than once; the header has: a, b, a.", error.Message);
        Assert.Equal(ReadErrorKind.DuplicateColumn, error.Kind);
        Assert.Equal(2, error.Line);
        Assert.Equal(["1@7 None [1,2,3] <2>"], CsvReading.Read("a,b, a\n1,2,3\n", null, "b"));
    }

    [Theory]
    [InlineData("a,c\n1,2\n\"3\",4\n", "1@4 None [1,2] <1> - <2>", "2@8 None [\"3\",4] <3> - <4>")]
    [InlineData("a,c\n1,2\n3\n", "1@4 None [1,2] <1> - <2>", "2@8 ShortRow [3] <3> - -")]
    [InlineData("a,b,c,b\n1,2,3,4\n", "1@8 None [1,2,3,4] <1> - <3>")]
    public void Columns_WhenTheyMayBeMissing_ThenHaveNoValueAndAreTold(string text, params string[] records)
    {
        var options = new CsvOptions { OptionalColumns = ["b", "d"] };
        Assert.Equal(records, CsvReading.Read(text, options, "a", "b", "c"));
        using CsvSource source = CsvReading.Open(CsvReading.Bytes(text), options, "a", "b", "c");
        Assert.Equal(["b"], source.Lacking);
    }

    [Fact]
    public void Columns_WhenOthersMayBeMissing_ThenTheErrorNamesThoseThatMayNot()
    {
        using CsvSource all = CsvReading.Open("a,b\n"u8.ToArray(), new CsvOptions { OptionalColumns = ["b"] }, "a", "b");
        Assert.Empty(all.Lacking);
        ReadException error = Assert.Throws<ReadException>(
            () => CsvReading.Open("a\n"u8.ToArray(), new CsvOptions { OptionalColumns = ["b"] }, "a", "b", "c"));
        Assert.Equal("test.csv: missing column 'c'; the header has: a.", error.Message);
    }

    [Fact]
    public void Columns_WhenNotAskedFor_ThenTheyAreListed()
    {
        using CsvSource source = CsvReading.Open("d, a ,\"c\",,b,d\n"u8.ToArray(), null, "b", "a");
        Assert.Equal(["d", "c", "(column 4)"], source.ExtraColumns);
        Assert.Equal(["b", "a"], source.Columns);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n\n")]
    [InlineData("\u00EF\u00BB\u00BF")]
    public void File_WhenEmpty_ThenItIsAnErrorOfTheData(string text)
    {
        ReadException error = Fails(text, "a");
        Assert.Equal("test.csv is empty: a header with column names is needed.", error.Message);
        Assert.Equal(ReadErrorKind.Empty, error.Kind);
        Assert.False(error.IsConfiguration);
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData("a,b\n")]
    [InlineData("a,b\r\n\r\n\n")]
    public void File_WhenOfAHeaderOnly_ThenItHasNoRecords(string text) =>
        Assert.Empty(CsvReading.Read(text, null, "a", "b"));

    [Fact]
    public void Header_WhenAfterMegabytesOfBlankLines_ThenItIsFound() => Assert.Equal(
        ["1@1000004 None [1,2] <1> <2>"],
        CsvReading.Read(string.Concat(Enumerable.Repeat("\r\n", 500_000)) + "a,b\n1,2", null, "a", "b"));

    [Fact]
    public void Header_WhenLongerThanTheFirstRead_ThenItIsWhole()
    {
        string names = string.Join(";", Enumerable.Range(0, 20_000).Select(i => $"column {i}"));
        using CsvSource source = CsvReading.Open(CsvReading.Bytes(names + "\n"), null, "column 19999", "column 3");
        Assert.Equal(19_998, source.ExtraColumns.Count);
        Assert.Empty(CsvReading.All(source, 1, 1));
    }

    [Theory]
    [InlineData("a,\"b\n1,2\n", 100, "a quoted name is never closed, or goes on after its closing quote")]
    [InlineData("a,bcdef\n1,2\n", 4, "a name is longer than 4 bytes")]
    public void Header_WhenNotWellFormed_ThenTheErrorSaysHow(string text, int fieldLimit, string what)
    {
        var options = new CsvOptions { FieldLimit = fieldLimit, Delimiter = (byte)',' };
        var error = Assert.Throws<ReadException>(() => CsvReading.Open(CsvReading.Bytes(text), options, "a"));
        Assert.Equal($"test.csv: the header cannot be read: {what}.", error.Message);
        Assert.Equal(ReadErrorKind.BadHeader, error.Kind);
    }

    [Fact]
    public void Header_WhenNotUtf8_ThenItIsAnError() =>
        Assert.Equal(
            "test.csv: the header is not valid UTF-8; if the file is of another encoding, say so: `encoding: windows-1252` (or `latin-1`, `utf-16`).",
            Fails("a,\u00FF\n", "a").Message);

    [Fact]
    public void Header_WhenUtf8_ThenNamesAreText() => Assert.Equal(
        ["1@5 None [1,2] <1>"],
        CsvReading.Read("\u00C3\u00A9,b\n1,2", null, "é"));

    [Fact]
    public void Columns_WhenAskedForTwice_ThenTheCallIsWrong() =>
        Assert.Throws<ArgumentException>(() => CsvReading.Open("a\n"u8.ToArray(), null, "a", "a"));

    private static ReadException Fails(string text, params string[] columns) =>
        Assert.Throws<ReadException>(() => CsvReading.Open(CsvReading.Bytes(text), null, columns));
}
