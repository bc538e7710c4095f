using System.Text;
using Assay.Data;

namespace Assay.Measure;

/// <summary>A value that is not null, as an <see cref="ICustomAggregate"/> gets it.</summary>
public readonly ref struct AggregateValue
{
    internal AggregateValue(ColumnType type, Int128 units, ReadOnlySpan<byte> utf8)
    {
        Type = type;
        Units = units;
        Utf8 = utf8;
    }

    /// <summary>The type of the argument.</summary>
    public ColumnType Type { get; }

    /// <summary>An integer, a decimal in units of 10^-scale of <see cref="Type"/>, 1 or 0 for true or false, a date in days
    /// or a timestamp in microseconds since 1970; 0 for text.</summary>
    public Int128 Units { get; }

    /// <summary>The bytes of a text; empty for anything else.</summary>
    public ReadOnlySpan<byte> Utf8 { get; }

    /// <summary>The text.</summary>
    /// <returns>It, or an empty one for what is no text.</returns>
    public string Text() => Encoding.UTF8.GetString(Utf8);
}
