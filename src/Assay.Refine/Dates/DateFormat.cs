using System.Diagnostics.CodeAnalysis;

namespace Assay.Refine.Dates;

/// <summary>
/// A date format such as <c>yyyy-MM-dd HH:mm:ss</c> or <c>dd-MMM-yyyy</c>, compiled for matching bytes.
/// Letters mean what .NET and Java mean by them; the year has four digits, or with <c>yy</c> two (00 to
/// 68 are 2000 to 2068, 69 to 99 are 1969 to 1999, as POSIX has it for <c>strptime</c>), other numbers one or two, month
/// names are English abbreviations in any case, a space stands for any run of white space, <c>FFFFFF</c> for
/// one to six digits of a second's fraction, <c>zzz</c> for an offset from UTC (<c>+05:30</c>, <c>+0530</c>, <c>Z</c>),
/// <c>K</c> for one or none, <c>Z</c> for UTC, and everything else for itself.
/// </summary>
public sealed class DateFormat
{
    /// <summary>The offset of a text that has none.</summary>
    internal const int NoOffset = int.MinValue;

    /// <summary>The first year that two digits can mean.</summary>
    private const int FirstShort = 1969;

    private readonly (DatePart Part, byte Literal)[] _steps;

    private DateFormat(string text, (DatePart Part, byte Literal)[] steps)
    {
        Text = text;
        _steps = steps;
        HasTime = steps.Any(step => step.Part is DatePart.Hour);
        HasShortYear = steps.Any(step => step.Part is DatePart.ShortYear);
        HasOffset = steps.Any(step => step.Part is DatePart.Offset or DatePart.OptionalOffset or DatePart.Utc);
    }

    /// <summary>The format as the pipeline writes it.</summary>
    public string Text { get; }

    internal (DatePart Part, byte Literal)[] Steps => _steps;

    /// <summary>Whether the format has a time of day.</summary>
    public bool HasTime { get; }

    /// <summary>Whether the year has two digits.</summary>
    internal bool HasShortYear { get; }

    /// <summary>Whether texts in this format may tell how far they are from UTC.</summary>
    internal bool HasOffset { get; }

    /// <summary>Compiles a format.</summary>
    /// <param name="text">The format.</param>
    /// <param name="format">The compiled format, when there is no error.</param>
    /// <param name="error">What is wrong with it, in words.</param>
    /// <returns>Whether it was understood.</returns>
    public static bool TryCompile(string text, [NotNullWhen(true)] out DateFormat? format, out string error)
    {
        format = null;
        var steps = new List<(DatePart, byte)>();
        for (int i = 0; i < text.Length;)
        {
            char c = text[i];
            int run = 1;
            while (i + run < text.Length && text[i + run] == c)
            {
                run++;
            }

            DatePart? part = (c, run) switch
            {
                ('y', 4) => DatePart.Year,
                ('y', 2) => DatePart.ShortYear,
                ('M', 1 or 2) => DatePart.Month,
                ('M', 3) => DatePart.MonthName,
                ('d', 1 or 2) => DatePart.Day,
                ('H', 1 or 2) => DatePart.Hour,
                ('m', 1 or 2) => DatePart.Minute,
                ('s', 1 or 2) => DatePart.Second,
                ('F' or 'f', <= 6) => DatePart.Fraction,
                ('z', 3) => DatePart.Offset,
                ('K', 1) => DatePart.OptionalOffset,
                ('Z', 1) => DatePart.Utc,
                (' ', _) => DatePart.Space,
                _ => null,
            };
            if (part is null && (!char.IsAscii(c) || (char.IsAsciiLetter(c) && c is not 'T')))
            {
                error = $"`{text.AsSpan(i, run)}` means nothing in a date format; use yyyy yy MM MMM dd HH mm ss FFFFFF zzz K";
                return false;
            }

            // A literal run is one step a character; a part's run is one step in all.
            for (int n = 0; n < (part is null ? run : 1); n++)
            {
                steps.Add((part ?? DatePart.Literal, (byte)c));
            }

            i += run;
        }

        foreach ((DatePart needed, string name) in new[] { (DatePart.Year, "yyyy"), (DatePart.Day, "dd") })
        {
            if (steps.Count(step => step.Item1 == needed || (needed == DatePart.Year && step.Item1 == DatePart.ShortYear)) != 1)
            {
                error = $"a date format needs `{name}` once";
                return false;
            }
        }

        if (steps.Count(step => step.Item1 >= DatePart.Offset) > 1)
        {
            error = "a date format has one offset: `zzz`, `K` or `Z`";
            return false;
        }

        if (steps.Count(step => step.Item1 is DatePart.Month or DatePart.MonthName) != 1)
        {
            error = "a date format needs `MM` or `MMM` once";
            return false;
        }

        format = new DateFormat(text, [.. steps]);
        error = "";
        return true;
    }

    /// <summary>Whether a text in this format could also be read in another, with day and month changing places.</summary>
    internal bool IsConfusedWith(DateFormat other) =>
        other._steps.Length == _steps.Length
        && _steps.Any(step => step.Part == DatePart.Month)
        && !_steps.SequenceEqual(other._steps)
        && _steps.Select(Swapped).SequenceEqual(other._steps.Select(step => step.Part));

    /// <summary>Reads a text, the whole of it or not at all.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">What it says.</param>
    /// <param name="offset">By how many minutes that is ahead of UTC, or <see cref="NoOffset"/>.</param>
    internal bool TryMatch(ReadOnlySpan<byte> text, out CivilTime time, out int offset)
    {
        time = default;
        offset = NoOffset;
        int at = 0;
        foreach ((DatePart part, byte literal) in _steps)
        {
            bool matched = part switch
            {
                DatePart.Literal => at < text.Length && text[at++] == literal,
                DatePart.Space => SkipSpace(text, ref at),
                DatePart.Year => Number(text, ref at, 4, 4, out time.Year),
                DatePart.ShortYear => ShortYear(text, ref at, out time.Year),
                DatePart.Month => Number(text, ref at, 1, 2, out time.Month),
                DatePart.MonthName => MonthNames.TryRead(text[at..], out time.Month) && (at += 3) > 0,
                DatePart.Day => Number(text, ref at, 1, 2, out time.Day),
                DatePart.Hour => Number(text, ref at, 1, 2, out time.Hour),
                DatePart.Minute => Number(text, ref at, 1, 2, out time.Minute),
                DatePart.Second => Number(text, ref at, 1, 2, out time.Second),
                DatePart.Fraction => Fraction(text, ref at, out time.Microsecond),
                DatePart.Offset => UtcOffset.TryRead(text, ref at, out offset),
                DatePart.Utc => at < text.Length && text[at++] == literal && (offset = 0) == 0,
                _ => at == text.Length || text[at] is not ((byte)'Z' or (byte)'+' or (byte)'-') || UtcOffset.TryRead(text, ref at, out offset),
            };
            if (!matched)
            {
                return false;
            }
        }

        return at == text.Length && time.Exists;
    }

    /// <returns>The format as the pipeline writes it.</returns>
    public override string ToString() => Text;

    private static DatePart Swapped((DatePart Part, byte Literal) step) => step.Part switch
    {
        DatePart.Month => DatePart.Day,
        DatePart.Day => DatePart.Month,
        _ => step.Part,
    };

    private static bool SkipSpace(ReadOnlySpan<byte> text, ref int at)
    {
        int from = at;
        while (at < text.Length && text[at] is (byte)' ' or (>= 9 and <= 13))
        {
            at++;
        }

        return at > from;
    }

    private static bool Number(ReadOnlySpan<byte> text, ref int at, int least, int most, out int value)
    {
        value = 0;
        int from = at;
        while (at < text.Length && at - from < most && char.IsAsciiDigit((char)text[at]))
        {
            value = (value * 10) + (text[at++] - '0');
        }

        return at - from >= least;
    }

    private static bool ShortYear(ReadOnlySpan<byte> text, ref int at, out int year)
    {
        bool read = Number(text, ref at, 2, 2, out int digits);
        year = FirstShort + ((digits - (FirstShort % 100) + 100) % 100);
        return read;
    }

    private static bool Fraction(ReadOnlySpan<byte> text, ref int at, out int microseconds)
    {
        int from = at;
        if (!Number(text, ref at, 1, 6, out microseconds))
        {
            return false;
        }

        for (int digits = at - from; digits < 6; digits++)
        {
            microseconds *= 10;
        }

        return true;
    }
}
