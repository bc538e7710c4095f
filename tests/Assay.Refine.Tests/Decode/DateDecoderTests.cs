using Assay.Data;
using Assay.Refine.Decode;
using Assay.Refine.Tests.Rules;

namespace Assay.Refine.Tests.Decode;

public sealed class DateDecoderTests
{
    private static readonly ColumnDefinition Sold = Decoding.Dates(
        ColumnType.Timestamp, "yyyy-MM-dd HH:mm:ss", "yyyy/MM/dd", "yyyy-MM-dd", "dd-MMM-yyyy", "MM/dd/yyyy", "dd/MM/yyyy");

    [Theory]
    [InlineData("03/04/2024 10:00:00", "dd/MM/yyyy HH:mm:ssK", "MM/dd/yyyy HH:mm:ss")]
    [InlineData("3/4/2024 10:00:00", "dd/MM/yyyy HH:mm:ssK", "MM/dd/yyyy HH:mm:ss")]
    [InlineData("03/04/2024 10:00:00", "dd/MM/yyyy HH:mm:ss.FFFFFF", "dd/MM/yyyy HH:mm:ss")]
    [InlineData("03/04/2024 10:00:00", "dd/MM/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm:ssK")]
    [InlineData("03/04/2024 10:00:00Z", "dd/MM/yyyy HH:mm:ssK", "MM/dd/yyyy HH:mm:ssZ")]
    [InlineData("03/04/2024 10:00:00+00:00", "dd/MM/yyyy HH:mm:ssK", "MM/dd/yyyy HH:mm:sszzz")]
    [InlineData("03-Apr-2024 10:00:00", "dd-MMM-yyyy HH:mm:ssK", "dd-MMM-yyyy HH:mm:ss")]
    public void Decode_WhenAFormatOfNoFixedWidthStandsFirst_ThenItIsTriedFirst(string text, string first, string second)
    {
        ColumnDefinition column = Decoding.Dates(ColumnType.Timestamp, first, second);

        Assert.Equal(Decoded.Of(Micros("2024-04-03T10:00:00")), Decoding.One(column, text));
    }

    [Theory]
    [InlineData("2024-01-15 10:30:59", "2024-01-15T10:30:59")]
    [InlineData("2024-1-5 7:3:9", "2024-01-05T07:03:09")]
    [InlineData("2024-01-15   10:30:59", "2024-01-15T10:30:59")]
    [InlineData("2024-01-15\t10:30:59", "2024-01-15T10:30:59")]
    [InlineData("  2024-01-15 ", "2024-01-15")]
    [InlineData("2024/1/5", "2024-01-05")]
    [InlineData("15-Jan-2024", "2024-01-15")]
    [InlineData("5-jan-2024", "2024-01-05")]
    [InlineData("15-DEC-2024", "2024-12-15")]
    [InlineData("15-sEp-2024", "2024-09-15")]
    [InlineData("29-Feb-2024", "2024-02-29")]
    [InlineData("2000-02-29", "2000-02-29")]
    [InlineData("2024-12-31 23:59:59", "2024-12-31T23:59:59")]
    [InlineData("2024-12-31 00:00:00", "2024-12-31")]
    [InlineData("1969-12-31 23:59:59", "1969-12-31T23:59:59")]
    [InlineData("1970-01-01", "1970-01-01")]
    [InlineData("1600-02-29", "1600-02-29")]
    [InlineData("0001-01-01", "0001-01-01")]
    [InlineData("9999-12-31 23:59:59", "9999-12-31T23:59:59")]
    [InlineData("03/04/2024", "2024-03-04")]
    [InlineData("15/01/2024", "2024-01-15")]
    [InlineData("1/2/2024", "2024-01-02")]
    [InlineData("12/31/2024", "2024-12-31")]
    [InlineData("31/12/2024", "2024-12-31")]
    public void Decode_WhenAFormatFits_ThenIsThatMoment(string text, string moment) =>
        Assert.Equal(Decoded.Of(Micros(moment)), Decoding.One(Sold, text));

    [Theory]
    [InlineData("31-Feb-2024")]
    [InlineData("29-Feb-2023")]
    [InlineData("29-Feb-1900")]
    [InlineData("2024-02-30")]
    [InlineData("2024-04-31")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-10")]
    [InlineData("2024-01-00")]
    [InlineData("2024-01-32")]
    [InlineData("0000-01-01")]
    [InlineData("10000-01-01")]
    [InlineData("024-01-15")]
    [InlineData("24-01-15")]
    [InlineData("2024-01-15 24:00:00")]
    [InlineData("2024-01-15 10:60:00")]
    [InlineData("2024-01-15 10:30:60")]
    [InlineData("2024-01-15 10:30")]
    [InlineData("2024-01-15 10:30:00Z")]
    [InlineData("2024-01-15T10:30:00")]
    [InlineData("2024-01-1510:30:00")]
    [InlineData("2024-001-15")]
    [InlineData("2024-01-15x")]
    [InlineData("-2024-01-15")]
    [InlineData("13/13/2024")]
    [InlineData("15-Sept-2024")]
    [InlineData("15-January-2024")]
    [InlineData("15-Jän-2024")]
    [InlineData("15-J\u0001n-2024")]
    [InlineData("20240115")]
    [InlineData("٢٠٢٤-٠١-١٥")]
    [InlineData("yesterday")]
    public void Decode_WhenNoFormatFits_ThenIsAFault(string text) =>
        Assert.Equal(Decoded.Bad(FaultCode.NotADate), Decoding.One(Sold, text));

    [Fact]
    public void Decode_WhenTheColumnIsADate_ThenIsDays()
    {
        ColumnDefinition day = Decoding.Dates(ColumnType.Date, "dd.MM.yyyy");

        Assert.Equal(Decoded.Of(0), Decoding.One(day, "01.01.1970"));
        Assert.Equal(Decoded.Of(-1), Decoding.One(day, "31.12.1969"));
        Assert.Equal(Decoded.Of(19_782), Decoding.One(day, "29.2.2024"));
        Assert.Equal(Decoded.Bad(FaultCode.NotADate), Decoding.One(day, "29.02.2023"));
    }

    [Theory]
    [InlineData("2024-01-15T10:30:59.5", 500_000)]
    [InlineData("2024-01-15 10:30:59.000001", 1)]
    [InlineData("2024-01-15 10:30:59.123456", 123_456)]
    [InlineData("2024-01-15 10:30:59", 0)]
    public void Decode_WhenNoFormatIsDeclared_ThenIsoWithAFractionIsRead(string text, long micros) =>
        Assert.Equal(Decoded.Of(Micros("2024-01-15T10:30:59") + micros), Decoding.One(Decoding.Dates(ColumnType.Timestamp), text));

    [Theory]
    [InlineData("2024-01-15 10:30:59.")]
    [InlineData("2024-01-15 10:30:59.1234567")]
    public void Decode_WhenTheFractionIsNoneOfOneToSixDigits_ThenIsAFault(string text) =>
        Assert.Equal(Decoded.Bad(FaultCode.NotADate), Decoding.One(Decoding.Dates(ColumnType.Timestamp), text));

    [Theory]
    [InlineData("03/04/2024", 1)]
    [InlineData("3/4/2024", 1)]
    [InlineData(" 03/04/2024", 1)]
    [InlineData("12/11/2024", 1)]
    [InlineData("04/04/2024", 0)]
    [InlineData("15/01/2024", 0)]
    [InlineData("01/15/2024", 0)]
    [InlineData("13/13/2024", 0)]
    [InlineData("2024-03-04", 0)]
    [InlineData("03-Apr-2024", 0)]
    [InlineData("", 0)]
    public void Ambiguous_WhenMonthAndDayCouldChangePlaces_ThenIsCountedEachTime(string text, long count)
    {
        ColumnDecoder decoder = Decoding.Decoder(Sold);

        Decoding.All(decoder, Records.Of([text], [text], ["2024-01-01"]));
        Decoding.All(decoder, Records.Of([text]));

        Assert.Equal(3 * count, decoder.Ambiguous);
    }

    [Fact]
    public void Ambiguous_WhenOnlyOneOrderIsDeclared_ThenIsNothing()
    {
        ColumnDecoder decoder = Decoding.Decoder(Decoding.Dates(ColumnType.Date, "MM/dd/yyyy", "yyyy-MM-dd"));

        Decoding.All(decoder, Records.Of(["03/04/2024"], ["3/4/2024"]));

        Assert.Equal(0, decoder.Ambiguous);
    }

    [Fact]
    public void Decode_WhenFormatsDisagree_ThenTheFirstDeclaredWins()
    {
        ColumnDefinition dayFirst = Decoding.Dates(ColumnType.Date, "dd/MM/yyyy", "MM/dd/yyyy");

        Assert.Equal(Decoded.Of(Micros("2024-04-03") / 86_400_000_000), Decoding.One(dayFirst, "03/04/2024"));
        Assert.Equal(Decoded.Of(Micros("2024-01-15") / 86_400_000_000), Decoding.One(dayFirst, "01/15/2024"));
    }

    [Fact]
    public void Decode_WhenARuleMeansADate_ThenTheRuleIsRunFirst()
    {
        CleaningRule sentinel = CleaningRuleTests.Rule("null_if", new RuleArgument { Items = ["1900-01-01"] });
        CleaningRule mend = CleaningRuleTests.Rule("map", CleaningRuleTests.Options(("2024-02-30", "2024-03-01"), ("0001-01-01", "2020-01-01")));

        Assert.Equal(Decoded.Null, Decoding.One(Decoding.Column(ColumnType.Date, sentinel), "1900-01-01"));
        Assert.Equal(Decoded.Of(1), Decoding.One(Decoding.Column(ColumnType.Date, sentinel), "1970-01-02"));
        Assert.Equal(Decoded.Of(Micros("2020-01-01")), Decoding.One(Decoding.Column(ColumnType.Timestamp, mend), "0001-01-01"));
        Assert.Equal(Decoded.Of(Micros("2024-03-01")), Decoding.One(Decoding.Column(ColumnType.Timestamp, mend), "2024-02-30"));
    }

    private static long Micros(string iso) =>
        (DateTime.Parse(iso, System.Globalization.CultureInfo.InvariantCulture) - DateTime.UnixEpoch).Ticks / 10;
}
