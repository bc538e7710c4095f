using System.Globalization;
using System.Text;
using Assay.Data;

namespace Assay.Sql;

/// <summary>Values as plain text, before a dialect puts quotes around them.</summary>
internal static class SqlLiterals
{
    private static readonly int FirstDay = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>A value as it is written: <c>12.50</c>, <c>2024-01-31</c>, <c>2024-01-31 18:30:00.5</c>, <c>1</c> for true.</summary>
    public static string Plain(SqlValue value) => value.Type.Kind switch
    {
        ColumnKind.String => value.Text!,
        ColumnKind.Date => Date((long)value.Units),
        ColumnKind.Timestamp => Timestamp((long)value.Units),
        _ => Decimals.Format(value.Units, value.Type.Scale),
    };

    /// <summary>How many digits a number has, those after its point at least.</summary>
    public static int Digits(SqlValue number) => Math.Max(
        Decimals.Format(number.Units, 0).TrimStart('-').Length, Math.Max(number.Type.Scale, 1));

    /// <summary>Doubles a quote in a text and puts quotes around it.</summary>
    public static string Quoted(string text, char quote) =>
        $"{quote}{text.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal)}{quote}";

    /// <summary>Refuses a name that no database can keep apart from others.</summary>
    /// <exception cref="SqlException">It is empty, has a NUL or is no Unicode.</exception>
    public static string Name(string name, string database)
    {
        if (name.Length == 0)
        {
            throw new SqlException($"{database} takes no empty name: name every table and column");
        }

        if (name.Contains('\0', StringComparison.Ordinal) || !IsUnicode(name))
        {
            throw new SqlException($"{database} cannot name something `{name.Replace("\0", "\\0", StringComparison.Ordinal)}`: names are Unicode without NUL; rename it");
        }

        return name;
    }

    private static bool IsUnicode(string name)
    {
        ReadOnlySpan<char> rest = name;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }

    private static string Date(long days) =>
        DateOnly.FromDayNumber((int)days + FirstDay).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Timestamp(long microseconds) =>
        DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            .ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
}
