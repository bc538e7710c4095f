using System.Numerics;
using System.Text;
using Assay.Data;

namespace Assay.Measure.Tests.Reference;

/// <summary>The order of plain values, and the cells that results hold of them.</summary>
internal static class Values
{
    /// <summary>A null comes last, whatever the direction; text sorts by its UTF-8 bytes.</summary>
    public static int Compare(object? left, object? right, bool descending)
    {
        if (left is null || right is null)
        {
            return left is null && right is null ? 0 : left is null ? 1 : -1;
        }

        int order = left is string text
            ? Encoding.UTF8.GetBytes(text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes((string)right))
            : ((IComparable)Plain(left)).CompareTo(Plain(right));
        return descending ? -order : order;
    }

    public static int CompareRows(object?[] left, object?[] right, IEnumerable<(int Column, bool Descending)> terms)
    {
        foreach ((int column, bool descending) in terms.Concat(Enumerable.Range(0, left.Length).Select(column => (column, false))))
        {
            int order = Compare(left[column], right[column], descending);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    /// <summary>A value as a result's cell; numbers are rounded to the column's scale.</summary>
    public static object? Cell(object? value, Column column) =>
        value is Number number ? (Int128)number.Round(column.Type.Scale).Units : value;

    /// <summary>A table as text, a line a row.</summary>
    public static string Show(Schema schema, IEnumerable<object?[]> rows) => string.Join('\n', rows.Select(row => string.Join(" | ", row.Select((cell, i) => cell switch
    {
        null => "null",
        Int128 units => Decimals.Format(units, schema.Columns[i].Type.Scale),
        DateOnly day => day.ToString("yyyy-MM-dd", null),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", null),
        bool truth => truth ? "true" : "false",
        _ => (string)cell,
    }))));

    private static object Plain(object value) => value is Int128 units ? (BigInteger)units : value is Number number ? new Comparable(number) : value;

    private readonly record struct Comparable(Number Number) : IComparable
    {
        public int CompareTo(object? obj) => Number.CompareTo(((Comparable)obj!).Number);
    }
}
