using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>How SQLite has the values that it knows no type for: dates and timestamps as texts whose order is that of time,
/// decimals as whole numbers of their units.</summary>
internal static class SqliteCells
{
    /// <summary>The most bytes of a date or timestamp.</summary>
    public const int MomentBytes = 26;

    private const long MicrosecondsPerDay = 86_400_000_000;

    /// <summary>Gives a parameter a value.</summary>
    public static void Bind(SqliteStatement statement, int parameter, SqlValue value)
    {
        Span<byte> moment = stackalloc byte[MomentBytes];
        switch (value.Type.Kind)
        {
            case var _ when value.IsNull:
                statement.BindNull(parameter);
                break;
            case ColumnKind.String:
                statement.Bind(parameter, Encoding.UTF8.GetBytes(value.Text!));
                break;
            case ColumnKind.Date or ColumnKind.Timestamp:
                statement.Bind(parameter, moment[..Write((long)value.Units, value.Type.Kind, moment)]);
                break;
            default:
                statement.Bind(parameter, value.Units == (long)value.Units
                    ? (long)value.Units
                    : throw new EngineException("sqlite", TooLarge($"the value {Decimals.Format(value.Units, value.Type.Scale)}", value.Type)));
                break;
        }
    }

    /// <summary>Why a number cannot be kept.</summary>
    public static string TooLarge(string what, ColumnType type) =>
        $"{what} does not fit: SQLite keeps {type} as a whole number of 64 bits, at most {Decimals.Format(long.MaxValue, type.Scale)}; use another engine for it";

    /// <summary>Writes a date or timestamp.</summary>
    /// <param name="value">Days or microseconds since 1970.</param>
    /// <param name="kind">Which of both.</param>
    /// <param name="into">Takes at most <see cref="MomentBytes"/>.</param>
    /// <returns>How many bytes it has.</returns>
    public static int Write(long value, ColumnKind kind, Span<byte> into)
    {
        if (kind == ColumnKind.Date)
        {
            WriteDay(value, into);
            return 10;
        }

        long day = Math.DivRem(value, MicrosecondsPerDay, out long rest);
        if (rest < 0)
        {
            day--;
            rest += MicrosecondsPerDay;
        }

        WriteDay(day, into);
        (long seconds, long fraction) = Math.DivRem(rest, 1_000_000);
        into[10] = (byte)' ';
        Two(into, 11, (int)(seconds / 3600));
        into[13] = (byte)':';
        Two(into, 14, (int)(seconds / 60 % 60));
        into[16] = (byte)':';
        Two(into, 17, (int)(seconds % 60));
        if (fraction == 0)
        {
            return 19;
        }

        into[19] = (byte)'.';
        Two(into, 20, (int)(fraction / 10_000));
        Two(into, 22, (int)(fraction / 100 % 100));
        Two(into, 24, (int)(fraction % 100));
        return into[..MomentBytes].LastIndexOfAnyExcept((byte)'0') + 1;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static long Read(ReadOnlySpan<byte> text, ColumnKind kind)
    {
        bool isDate = kind == ColumnKind.Date;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || (isDate ? text.Length != 10 : text.Length is not (19 or (> 20 and <= MomentBytes)) || text[10] != ' ' || text[13] != ':' || text[16] != ':'))
        {
            throw new FormatException($"'{Encoding.UTF8.GetString(text)}' is no {(isDate ? "date" : "timestamp")}");
        }

        long day = SqlCells.DaysOf(new DateOnly(Digits(text[..4]), Digits(text[5..7]), Digits(text[8..10])));
        if (isDate)
        {
            return day;
        }

        long seconds = (Digits(text[11..13]) * 3600L) + (Digits(text[14..16]) * 60) + Digits(text[17..19]);
        long fraction = 0;
        if (text.Length > 20)
        {
            fraction = Digits(text[20..]);
            for (int digits = text.Length - 20; digits < 6; digits++)
            {
                fraction *= 10;
            }
        }

        return (day * MicrosecondsPerDay) + (seconds * 1_000_000) + fraction;
    }

    /// <summary>The whole number of a text: digits, or the two parts of a sum, which are its thousands of millions and the
    /// rest of it, so that neither outgrows 64 bits.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Int128 Number(ReadOnlySpan<byte> text)
    {
        if (text.Contains((byte)','))
        {
            try
            {
                return SqliteDialect.Sum(text);
            }
            catch (OverflowException e)
            {
                throw new FormatException("a sum outgrew SQLite's 64 bits; use another engine for it", e);
            }
        }

        return Utf8Parser.TryParse(text, out long number, out int read) && read == text.Length
            ? number
            : throw new FormatException($"'{Encoding.UTF8.GetString(text)}' is no whole number");
    }

    private static void WriteDay(long day, Span<byte> into)
    {
        DateOnly date = SqlCells.DateOf(day);
        Two(into, 0, date.Year / 100);
        Two(into, 2, date.Year % 100);
        into[4] = (byte)'-';
        Two(into, 5, date.Month);
        into[7] = (byte)'-';
        Two(into, 8, date.Day);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Two(Span<byte> into, int at, int number)
    {
        into[at] = (byte)('0' + (number / 10));
        into[at + 1] = (byte)('0' + (number % 10));
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        int number = 0;
        foreach (byte digit in text)
        {
            number = digit is >= (byte)'0' and <= (byte)'9'
                ? (number * 10) + digit - '0'
                : throw new FormatException($"'{Encoding.UTF8.GetString(text)}' is no number");
        }

        return number;
    }
}
