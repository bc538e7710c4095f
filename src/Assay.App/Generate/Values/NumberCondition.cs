using Assay.Data;

namespace Assay.App.Generate;

/// <summary>Compares a number with a constant.</summary>
internal sealed class NumberCondition(NumberSource number, Comparison comparison, long units, int scale) : Condition
{
    /// <inheritdoc/>
    public override void Narrow(RowBlock block, Span<long> flags)
    {
        int common = Math.Max(scale, number.Scale);
        long valueFactor = (long)Decimals.PowerOfTen(common - number.Scale);
        long limit = units * (long)Decimals.PowerOfTen(common - scale);
        long[] values = block.Borrow();
        number.Fill(block, values.AsSpan(0, flags.Length));
        for (int i = 0; i < flags.Length; i++)
        {
            int sign = (values[i] * valueFactor).CompareTo(limit);
            bool passes = comparison switch
            {
                Comparison.Less => sign < 0,
                Comparison.LessOrEqual => sign <= 0,
                Comparison.Equal => sign == 0,
                Comparison.NotEqual => sign != 0,
                Comparison.GreaterOrEqual => sign >= 0,
                _ => sign > 0,
            };
            flags[i] &= passes ? 1 : 0;
        }

        block.Return(values);
    }
}
