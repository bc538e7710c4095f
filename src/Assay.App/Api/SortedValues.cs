using Assay.Data;
using Assay.Measure;

namespace Assay;

/// <summary>An aggregate over all values of a group, in ascending order.</summary>
/// <param name="scale">The scale of the values.</param>
/// <param name="resultScale">The scale of the result.</param>
/// <param name="compute">Gives the result.</param>
internal sealed class SortedValues(int scale, int resultScale, Func<IReadOnlyList<decimal>, decimal?> compute) : ICustomAggregate
{
    private readonly List<Int128> _values = [];

    public void Add(AggregateValue value) => _values.Add(value.Units);

    public void Merge(ICustomAggregate other) => _values.AddRange(((SortedValues)other)._values);

    public object? Result()
    {
        _values.Sort();
        decimal[] values = [.. _values.Select(units => Cells.ToDecimal(units, scale))];
        return compute(values) is { } result ? Units(decimal.Round(result, resultScale, MidpointRounding.ToEven)) : null;
    }

    private object Units(decimal rounded)
    {
        // Its own scale may be less than the result's.
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(rounded, bits);
        Int128 magnitude = new((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        return Decimals.Rescale(rounded < 0 ? -magnitude : magnitude, rounded.Scale, resultScale);
    }
}
