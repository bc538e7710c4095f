using System.Text;

namespace Assay.App.Generate;

/// <summary>A way to write a timestamp, such as <c>yyyy-MM-dd HH:mm:ss</c> or <c>dd-MMM-yyyy</c>.</summary>
internal sealed class TimestampFormat
{
    // Longer tokens stand before their own beginnings.
    private static readonly (string Token, TimestampField Field)[] Tokens =
    [
        ("yyyy", TimestampField.Year), ("MMM", TimestampField.MonthName), ("MM", TimestampField.Month),
        ("M", TimestampField.ShortMonth), ("dd", TimestampField.Day), ("d", TimestampField.ShortDay),
        ("HH", TimestampField.Hour), ("H", TimestampField.ShortHour), ("mm", TimestampField.Minute),
        ("ss", TimestampField.Second),
    ];

    private static readonly byte[][] MonthNames =
        [.. "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".Split(' ').Select(Encoding.ASCII.GetBytes)];

    private readonly (TimestampField Field, byte[] Literal)[] _parts;

    private TimestampFormat((TimestampField Field, byte[] Literal)[] parts)
    {
        _parts = parts;
        // The widest field is the year; the slack lets every field be written as if it were that wide.
        MaxBytes = parts.Sum(part => part.Field == TimestampField.Literal ? part.Literal.Length : 4) + Digits.MaxBytes;
        Literals = [.. parts.SelectMany(part => part.Literal)];
    }

    /// <summary>The most bytes that a timestamp takes.</summary>
    public int MaxBytes { get; }

    /// <summary>The bytes between the fields.</summary>
    public byte[] Literals { get; }

    /// <summary>Reads a format.</summary>
    /// <param name="pattern">Made of yyyy, MMM, MM, M, dd, d, HH, H, mm, ss, the letters T and Z, text in single
    /// quotes, and any other characters that are not letters.</param>
    /// <param name="problem">What is wrong with it, when it cannot be read.</param>
    /// <returns>The format, or null.</returns>
    public static TimestampFormat? Parse(string pattern, out string? problem)
    {
        var parts = new List<(TimestampField Field, byte[] Literal)>();
        int at = 0;
        while (at < pattern.Length)
        {
            char c = pattern[at];
            (string? token, TimestampField field) = Array.Find(Tokens, known => pattern.AsSpan(at).StartsWith(known.Token, StringComparison.Ordinal));
            if (token is not null)
            {
                parts.Add((field, []));
                at += token.Length;
                continue;
            }

            int end = c == '\'' ? pattern.IndexOf('\'', at + 1) + 1 : at + 1;
            if (end == 0)
            {
                problem = "the quote is not closed";
                return null;
            }

            if (char.IsAsciiLetter(c) && c is not ('T' or 'Z'))
            {
                problem = $"'{c}' is not part of {string.Join(", ", Tokens.Select(known => known.Token))}; put text in single quotes";
                return null;
            }

            string literal = c == '\'' ? pattern[(at + 1)..(end - 1)] : pattern[at..end];
            parts.Add((TimestampField.Literal, Encoding.UTF8.GetBytes(literal)));
            at = end;
        }

        problem = parts.Count == 0 ? "it is empty" : null;
        return parts.Count == 0 ? null : new TimestampFormat([.. parts]);
    }

    /// <summary>Writes a timestamp.</summary>
    /// <param name="seconds">Seconds since 0001-01-01.</param>
    /// <param name="destination">At least <see cref="MaxBytes"/> long.</param>
    /// <returns>The bytes written.</returns>
    public int Write(long seconds, Span<byte> destination)
    {
        int days = (int)(seconds / TimestampStep.SecondsPerDay);
        int second = (int)(seconds - (days * TimestampStep.SecondsPerDay));
        DateOnly.FromDayNumber(days).Deconstruct(out int year, out int month, out int day);
        int at = 0;
        foreach ((TimestampField field, byte[] literal) in _parts)
        {
            switch (field)
            {
                case TimestampField.Year:
                    Digits.Fill(destination.Slice(at, 4), (ulong)year);
                    at += 4;
                    break;
                case TimestampField.MonthName:
                    MonthNames[month - 1].CopyTo(destination[at..]);
                    at += 3;
                    break;
                case TimestampField.Month:
                    at += Two(destination[at..], month);
                    break;
                case TimestampField.ShortMonth:
                    at += Digits.WritePadded(destination[at..], month, 1);
                    break;
                case TimestampField.Day:
                    at += Two(destination[at..], day);
                    break;
                case TimestampField.ShortDay:
                    at += Digits.WritePadded(destination[at..], day, 1);
                    break;
                case TimestampField.Hour:
                    at += Two(destination[at..], second / 3600);
                    break;
                case TimestampField.ShortHour:
                    at += Digits.WritePadded(destination[at..], second / 3600, 1);
                    break;
                case TimestampField.Minute:
                    at += Two(destination[at..], second / 60 % 60);
                    break;
                case TimestampField.Second:
                    at += Two(destination[at..], second % 60);
                    break;
                default:
                    literal.CopyTo(destination[at..]);
                    at += literal.Length;
                    break;
            }
        }

        return at;
    }

    private static int Two(Span<byte> destination, int value)
    {
        (int tens, int ones) = Math.DivRem(value, 10);
        destination[0] = (byte)('0' + tens);
        destination[1] = (byte)('0' + ones);
        return 2;
    }
}
