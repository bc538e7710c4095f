using System.Globalization;
using Assay.Data;
using Assay.Refine.Decode;

namespace Assay.Refine.Tests.Decode;

/// <summary>Moments with an offset from UTC are brought to the pipeline's zone; others are local to it.</summary>
public sealed class ZonedDateTests
{
    private static readonly TimeZoneInfo India = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2025-10-31T23:59:59", "2025-10-31T23:59:59")]
    [InlineData("2025-10-31T18:29:59Z", "2025-10-31T23:59:59")]
    [InlineData("2025-10-31T18:30:00Z", "2025-11-01T00:00:00")]
    [InlineData("2025-10-31 18:30:00Z", "2025-11-01T00:00:00")]
    [InlineData("2025-11-01T00:00:00+05:30", "2025-11-01T00:00:00")]
    [InlineData("2025-11-01 00:00:00+0530", "2025-11-01T00:00:00")]
    [InlineData("2025-10-31T14:30:00.25-04:00", "2025-11-01T00:00:00.25")]
    [InlineData("2025-10-31 14:30:00.000001-0400", "2025-11-01T00:00:00.000001")]
    [InlineData("2025-11-01T08:30:00+14:00", "2025-11-01T00:00:00")]
    [InlineData("2025-10-31", "2025-10-31")]
    public void Iso_WhenThereIsAnOffset_ThenIsLocalTimeOfTheZone(string text, string local) =>
        Assert.Equal(Decoded.Of(Micros(local)), Decoding.One(Decoding.Dates(ColumnType.Timestamp), text, India));

    [Theory]
    [InlineData("2025-11-01T00:00:00+5:30")]
    [InlineData("2025-11-01T00:00:00+05")]
    [InlineData("2025-11-01T00:00:00+05:3")]
    [InlineData("2025-11-01T00:00:00+05:60")]
    [InlineData("2025-11-01T00:00:00+14:01")]
    [InlineData("2025-11-01T00:00:00 05:30")]
    [InlineData("2025-11-01T00:00:00+05:30x")]
    [InlineData("2025-11-01T00:00:00z")]
    [InlineData("2025-11-01T00:00:00ZZ")]
    [InlineData("9999-12-31T23:00:00Z")]
    [InlineData("0001-01-01T00:00:00+12:00")]
    public void Iso_WhenTheOffsetIsNone_ThenIsAFault(string text) =>
        Assert.Equal(Decoded.Bad(FaultCode.NotADate), Decoding.One(Decoding.Dates(ColumnType.Timestamp), text, India));

    [Theory]
    [InlineData("dd/MM/yyyy HH:mm zzz", "01/07/2025 10:00 +00:00", "2025-07-01T12:00:00")]
    [InlineData("dd/MM/yyyy HH:mm zzz", "01/01/2025 10:00 Z", "2025-01-01T11:00:00")]
    [InlineData("dd/MM/yyyy HH:mm:ssK", "01/07/2025 10:00:00", "2025-07-01T10:00:00")]
    [InlineData("dd/MM/yyyy HH:mm:ssK", "01/07/2025 10:00:00Z", "2025-07-01T12:00:00")]
    [InlineData("dd/MM/yyyy HH:mm:ssK", "01/07/2025 10:00:00-02:00", "2025-07-01T14:00:00")]
    [InlineData("yyyy-MM-ddTHH:mm:ssZ", "2025-07-01T10:00:00Z", "2025-07-01T12:00:00")]
    [InlineData("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", "2025-07-01T10:00:00.5Z", "2025-07-01T12:00:00.5")]
    public void Formats_WhenTheyHaveAnOffset_ThenItCounts(string format, string text, string local) =>
        Assert.Equal(Decoded.Of(Micros(local)), Decoding.One(Decoding.Dates(ColumnType.Timestamp, format), text, Berlin));

    [Fact]
    public void Local_WhenTheClockSkipsOrRepeatsTheHour_ThenStaysAsWritten()
    {
        ColumnDefinition column = Decoding.Dates(ColumnType.Timestamp);

        Assert.Equal(Decoded.Of(Micros("2025-03-30T02:30:00")), Decoding.One(column, "2025-03-30T02:30:00", Berlin));
        Assert.Equal(Decoded.Of(Micros("2025-10-26T02:30:00")), Decoding.One(column, "2025-10-26T02:30:00", Berlin));
        Assert.Equal(Decoded.Of(Micros("2025-10-26T02:30:00")), Decoding.One(column, "2025-10-26T00:30:00Z", Berlin));
        Assert.Equal(Decoded.Of(Micros("2025-10-26T02:30:00")), Decoding.One(column, "2025-10-26T01:30:00Z", Berlin));
        Assert.Equal(Decoded.Of(Micros("2025-03-30T03:30:00")), Decoding.One(column, "2025-03-30T01:30:00Z", Berlin));
    }

    [Theory]
    [InlineData("2025-10-31T18:30:00Z", "2025-11-01")]
    [InlineData("1969-12-31T18:29:59Z", "1969-12-31")]
    [InlineData("1969-12-31T18:30:00Z", "1970-01-01")]
    public void Date_WhenReadFromAMomentWithAnOffset_ThenIsTheDayInTheZone(string text, string day) =>
        Assert.Equal(Decoded.Of(Micros(day) / 86_400_000_000), Decoding.One(Decoding.Dates(ColumnType.Date), text, India));

    [Fact]
    public void Ambiguous_WhenThereIsAnOffset_ThenIsStillCounted()
    {
        ColumnDecoder decoder = Decoding.Decoder(
            Decoding.Dates(ColumnType.Timestamp, "dd/MM/yyyy HH:mm:sszzz", "MM/dd/yyyy HH:mm:sszzz"), zone: India);

        Decoded[] cells = Decoding.All(decoder, Records.Of(["03/04/2024 00:00:00+05:30"], ["03/04/2024 00:00:00Z"], ["31/12/2024 00:00:00+05:30"], ["x3/04/2024 00:00:00+05:30"]));

        Assert.Equal([Decoded.Of(Micros("2024-04-03")), Decoded.Of(Micros("2024-04-03T05:30:00")), Decoded.Of(Micros("2024-12-31")), Decoded.Bad(FaultCode.NotADate)], cells);
        Assert.Equal(2, decoder.Ambiguous);
    }

    [Fact]
    public void Date_WhenThereIsNoTimeOfDay_ThenAnOffsetMovesNoDay() =>
        Assert.Equal(Decoded.Of(0), Decoding.One(Decoding.Dates(ColumnType.Date, "yyyy-MM-ddZ"), "1970-01-01Z", TimeZoneInfo.FindSystemTimeZoneById("America/New_York")));

    [Fact]
    public void Decode_WhenMomentsAreRandom_ThenAgreesWithTheFramework()
    {
        var random = new Random(5);
        ColumnDefinition[] columns = [Decoding.Dates(ColumnType.Timestamp), Decoding.Dates(ColumnType.Timestamp, "yyyy-MM-dd HH:mm:ssK")];
        foreach (TimeZoneInfo zone in new[] { TimeZoneInfo.Utc, India, Berlin })
        {
            ColumnDecoder[] decoders = [.. columns.Select(column => Decoding.Decoder(column, zone: zone))];
            for (int i = 0; i < 2000; i++)
            {
                var offset = TimeSpan.FromMinutes(random.Next(-840, 841));
                var moment = new DateTimeOffset(new DateTime(1950, 1, 1).AddSeconds(random.NextInt64(4_000_000_000)), offset);
                string text = moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
                    + moment.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", random.Next(2) == 0 ? ":" : "", StringComparison.Ordinal);

                Decoded expected = Decoded.Of((TimeZoneInfo.ConvertTime(moment, zone).DateTime - DateTime.UnixEpoch).Ticks / 10);

                Assert.All(decoders, decoder => Assert.Equal(expected, Decoding.All(decoder, Records.Of([text], ["2025-01-01 00:00:00"]))[0]));
            }
        }
    }

    private static long Micros(string iso) => (DateTime.Parse(iso, CultureInfo.InvariantCulture) - DateTime.UnixEpoch).Ticks / 10;
}
