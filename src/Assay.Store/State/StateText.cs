using System.Globalization;

namespace Assay.Store;

/// <summary>How the state database writes what SQLite has no type for.</summary>
internal static class StateText
{
    private const string MomentFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private const string DayFormat = "yyyy-MM-dd";

    public static string Of(DateTimeOffset moment) => moment.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset Moment(string text) => DateTimeOffset.ParseExact(
        text, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static string Of(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, DayFormat, CultureInfo.InvariantCulture);

    public static string Of(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    public static decimal Number(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    public static string Of(BatchKind kind) => kind switch
    {
        BatchKind.Load => "load",
        BatchKind.Replay => "replay",
        BatchKind.Refresh => "refresh",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static BatchKind Batch(string text) => text switch
    {
        "load" => BatchKind.Load,
        "replay" => BatchKind.Replay,
        _ => BatchKind.Refresh,
    };

    public static string Of(OwnedKind kind) => kind == OwnedKind.Silver ? "silver" : "bronze";
}
