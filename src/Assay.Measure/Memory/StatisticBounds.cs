using Assay.Data;

namespace Assay.Measure.Memory;

/// <summary>Bounds between which the final statistics are expected, and those that all scored rows relied on.</summary>
internal sealed class StatisticBounds
{
    private Int128[]? _least;
    private Int128[]? _greatest;
    private ColumnType[] _types = [];

    /// <summary>Whether every statistic so far had a value; without one there is nothing to bound.</summary>
    public bool AreUsable { get; private set; } = true;

    /// <summary>Bounds around estimates; from now on rows are scored between them.</summary>
    /// <param name="estimates">The statistics of the rows seen so far.</param>
    /// <param name="permille">How far to either side, in thousandths of the estimate.</param>
    /// <returns>The lower and the higher values.</returns>
    public (LiteralExpression[] Low, LiteralExpression[] High) Around(LiteralExpression[] estimates, int permille)
    {
        var low = new LiteralExpression[estimates.Length];
        var high = new LiteralExpression[estimates.Length];
        for (int i = 0; i < estimates.Length; i++)
        {
            Int128 margin = estimates[i].Type is null ? 0 : (Int128.Abs(estimates[i].Units) / 1000 * permille) + 1;
            low[i] = estimates[i] with { Units = estimates[i].Units - margin };
            high[i] = estimates[i] with { Units = estimates[i].Units + margin };
        }

        Rely(low, high);
        return (low, high);
    }

    /// <summary>Relies on another worker's bounds, too.</summary>
    public void Merge(StatisticBounds other)
    {
        AreUsable &= other.AreUsable;
        if (other._least is null || other._greatest is null)
        {
            return;
        }

        Rely(Literals(other._least, other._types), Literals(other._greatest, other._types));
    }

    /// <summary>Whether the final statistics lie within everything that was relied on.</summary>
    public bool Hold(LiteralExpression[] final)
    {
        for (int i = 0; i < final.Length && AreUsable && _least is not null; i++)
        {
            if (final[i].Type is null || final[i].Units < _least[i] || final[i].Units > _greatest![i])
            {
                return false;
            }
        }

        return AreUsable;
    }

    private static LiteralExpression[] Literals(Int128[] units, ColumnType[] types) =>
        [.. units.Select((value, i) => new LiteralExpression(0, types[i], value, null))];

    private void Rely(LiteralExpression[] low, LiteralExpression[] high)
    {
        AreUsable &= low.All(value => value.Type is not null);
        if (_least is null || _greatest is null)
        {
            _least = [.. low.Select(value => value.Units)];
            _greatest = [.. high.Select(value => value.Units)];
            _types = [.. low.Select(value => value.Type ?? ColumnType.Integer)];
            return;
        }

        for (int i = 0; i < low.Length; i++)
        {
            _least[i] = Int128.Max(_least[i], low[i].Units);
            _greatest[i] = Int128.Min(_greatest[i], high[i].Units);
        }
    }
}
