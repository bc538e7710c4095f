using Assay.Data;

namespace Assay.App.Generate;

/// <summary>A number drawn uniformly between two others, both included.</summary>
internal sealed class UniformNumber : NumberSource
{
    private readonly DrawStream _draws;
    private readonly NumberSource _low;
    private readonly NumberSource _high;
    private readonly long _lowToScale;
    private readonly long _highToScale;

    /// <summary>Describes the draw.</summary>
    /// <param name="draws">Where the random bits come from.</param>
    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest value, at least <paramref name="low"/> in every row.</param>
    /// <param name="scale">The grid that is drawn on: steps of 10^-scale, at least as fine as both bounds.</param>
    public UniformNumber(DrawStream draws, NumberSource low, NumberSource high, int scale)
        : base(scale, Decimals.Rescale(low.Min, low.Scale, scale), Decimals.Rescale(high.Max, high.Scale, scale))
    {
        _draws = draws;
        _low = low;
        _high = high;
        _lowToScale = (long)Decimals.PowerOfTen(scale - low.Scale);
        _highToScale = (long)Decimals.PowerOfTen(scale - high.Scale);
    }

    /// <inheritdoc/>
    public override void Fill(RowBlock block, Span<long> destination)
    {
        _draws.Fill(block, destination);
        if (_low is ConstantNumber && _high is ConstantNumber)
        {
            long from = (long)Min;
            ulong count = (ulong)(Max - Min + 1);
            for (int i = 0; i < destination.Length; i++)
            {
                destination[i] = from + (long)RandomStream.Below((ulong)destination[i], count);
            }

            return;
        }

        long[] lows = block.Borrow();
        long[] highs = block.Borrow();
        _low.Fill(block, lows.AsSpan(0, destination.Length));
        _high.Fill(block, highs.AsSpan(0, destination.Length));
        for (int i = 0; i < destination.Length; i++)
        {
            long from = lows[i] * _lowToScale;
            ulong count = (ulong)((highs[i] * _highToScale) - from + 1);
            destination[i] = from + (long)RandomStream.Below((ulong)destination[i], count);
        }

        block.Return(highs);
        block.Return(lows);
    }
}
