using System.Globalization;
using Assay.Data;
using Assay.Refine.Decode;

namespace Assay.Refine.Tests.Decode;

/// <summary>Years of two digits.</summary>
public sealed class ShortYearTests
{
    [Fact]
    public void Decode_WhenTheYearHasTwoDigits_ThenIsFrom1969To2068()
    {
        ColumnDefinition column = Decoding.Dates(ColumnType.Date, "dd.MM.yy");
        for (int year = 1969; year <= 2068; year++)
        {
            var day = new DateOnly(year, 2, 28);
            Assert.Equal(Decoded.Of(Days(day)), Decoding.One(column, day.ToString("dd.MM.yy", CultureInfo.InvariantCulture)));
        }
    }

    [Theory]
    [InlineData("1.2.26", "2026-02-01")]
    [InlineData(" 01.02.26 ", "2026-02-01")]
    [InlineData("29.02.00", "2000-02-29")]
    [InlineData("01.02.2026", "2026-02-01")]
    [InlineData("2026-02-01", "2026-02-01")]
    public void Decode_WhenFormatsAreMixed_ThenEachIsRead(string text, string day) => Assert.Equal(
        Decoded.Of(Days(DateOnly.Parse(day, CultureInfo.InvariantCulture))),
        Decoding.One(Decoding.Dates(ColumnType.Date, "yyyy-MM-dd", "dd.MM.yy", "dd.MM.yyyy"), text));

    [Theory]
    [InlineData("01.02.6")]
    [InlineData("01.02.026")]
    [InlineData("01.02.2026")]
    [InlineData("29.02.01")]
    [InlineData("01.02.-6")]
    public void Decode_WhenItIsNoSuchDay_ThenIsAFault(string text) =>
        Assert.Equal(Decoded.Bad(FaultCode.NotADate), Decoding.One(Decoding.Dates(ColumnType.Date, "dd.MM.yy"), text));

    [Theory]
    [InlineData("20010203", "2020-01-02T03:00:00", "yyMMddHH", "yyyyMMdd")]
    [InlineData("20010203", "2001-02-03T00:00:00", "yyyyMMdd", "yyMMddHH")]
    public void Decode_WhenTwoFormatsFit_ThenTheFirstDeclaredCounts(string text, string moment, params string[] formats) => Assert.Equal(
        Decoded.Of((DateTime.Parse(moment, CultureInfo.InvariantCulture) - DateTime.UnixEpoch).Ticks / 10),
        Decoding.All(Decoding.Decoder(Decoding.Dates(ColumnType.Timestamp, formats)), Decoding.At(System.Text.Encoding.ASCII.GetBytes(text), 0, 16))[0]);

    [Theory]
    [InlineData("03/04/24", 1)]
    [InlineData("04/04/24", 0)]
    public void Ambiguous_WhenMonthAndDayCouldChangePlaces_ThenIsCounted(string text, long count)
    {
        ColumnDecoder decoder = Decoding.Decoder(Decoding.Dates(ColumnType.Date, "dd/MM/yy", "MM/dd/yy"));

        Decoding.All(decoder, Records.Of([text]));

        Assert.Equal(count, decoder.Ambiguous);
    }

    private static long Days(DateOnly day) => day.DayNumber - new DateOnly(1970, 1, 1).DayNumber;
}
