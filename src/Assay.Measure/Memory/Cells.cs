using Assay.Data;

namespace Assay.Measure.Memory;

/// <summary>Cells as results hold them, and their order: nulls last, text by code point.</summary>
internal static class Cells
{
    private const long TicksPerMicrosecond = 10;

    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>A cell of a batch as a result holds it, rounded to the result column's scale.</summary>
    public static object? Read(Vector vector, int row, Column column, TextPool texts)
    {
        if (vector.IsNull(row))
        {
            return null;
        }

        return column.Type.Kind switch
        {
            ColumnKind.String => texts.GetString((int)vector.Values[row]),
            ColumnKind.Integer or ColumnKind.Decimal => Decimals.Rescale(vector.Get(row), vector.Type.Scale, column.Type.Scale),
            ColumnKind.Boolean => vector.Values[row] != 0,
            ColumnKind.Date => DateOnly.FromDayNumber((int)(vector.Values[row] + EpochDay)),
            _ => new DateTime(DateTime.UnixEpoch.Ticks + (vector.Values[row] * TicksPerMicrosecond), DateTimeKind.Unspecified),
        };
    }

    /// <summary>A result's cell that is not null as a batch holds it.</summary>
    /// <returns>The cell, or null when it is not of the type.</returns>
    public static Int128? Units(object cell, ColumnType type, TextPool texts) => (type.Kind, cell) switch
    {
        (ColumnKind.String, string text) => texts.Intern(text),
        (ColumnKind.Integer or ColumnKind.Decimal, Int128 units) => units,
        (ColumnKind.Boolean, bool truth) => truth ? 1 : 0,
        (ColumnKind.Date, DateOnly date) => date.DayNumber - EpochDay,
        (ColumnKind.Timestamp, DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) / TicksPerMicrosecond,
        _ => null,
    };

    /// <summary>Compares two cells of one column; a null is after everything, whatever the direction.</summary>
    public static int Compare(object? left, object? right, bool descending)
    {
        if (left is null || right is null)
        {
            return (left is null ? 1 : 0) - (right is null ? 1 : 0);
        }

        int order = left switch
        {
            string text => CompareText(text, (string)right),
            Int128 number => number.CompareTo((Int128)right),
            bool truth => truth.CompareTo((bool)right),
            DateOnly date => date.CompareTo((DateOnly)right),
            _ => ((DateTime)left).CompareTo((DateTime)right),
        };
        return descending ? -order : order;
    }

    /// <summary>Compares rows by the terms, then by all columns in order, ascending.</summary>
    public static int CompareRows(object?[] left, object?[] right, IReadOnlyList<(int Column, bool Descending)> terms)
    {
        foreach ((int column, bool descending) in terms)
        {
            int order = Compare(left[column], right[column], descending);
            if (order != 0)
            {
                return order;
            }
        }

        for (int column = 0; column < left.Length; column++)
        {
            int order = Compare(left[column], right[column], false);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    /// <summary>UTF-16 sorts surrogates before U+E000 and up; code points do not.</summary>
    private static int CompareText(string left, string right)
    {
        int length = Math.Min(left.Length, right.Length);
        for (int i = 0; i < length; i++)
        {
            char l = left[i];
            char r = right[i];
            if (l != r)
            {
                bool surrogates = char.IsSurrogate(l) != char.IsSurrogate(r);
                return surrogates ? (char.IsSurrogate(l) ? 1 : -1) : l.CompareTo(r);
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}
