using System.Numerics;
using Assay.Data;
using Vector = Assay.Data.Vector;

namespace Assay.Measure.Memory.Aggregates;

/// <summary>
/// The sample standard deviation, <c>sqrt((n·Σx² − (Σx)²) / (n·(n − 1)))</c>, from exact sums, so that the order of
/// the rows has no bearing; null for fewer than two values. It is given with <see cref="Digits"/> more digits than the values
/// have, of which the last is there to be rounded away.
/// </summary>
internal sealed class DeviationAggregate : Aggregate
{
    /// <summary>How many digits more than the values it has: six, as quotients, and one to round by.</summary>
    public const int Digits = 7;

    private long[] _counts = [];
    private BigInteger[] _sums = [];
    private BigInteger[] _squares = [];

    public override void EnsureGroups(int groups)
    {
        if (groups > _counts.Length)
        {
            int size = Math.Max(groups, _counts.Length * 2);
            Array.Resize(ref _counts, size);
            Array.Resize(ref _sums, size);
            Array.Resize(ref _squares, size);
        }
    }

    public override void Add(int[] groups, Vector? argument, RowBatch batch)
    {
        ArgumentNullException.ThrowIfNull(argument);
        for (int row = 0; row < batch.Count; row++)
        {
            if (groups[row] != 0 && !argument.IsNull(row))
            {
                BigInteger value = argument.Get(row);
                _counts[groups[row]]++;
                _sums[groups[row]] += value;
                _squares[groups[row]] += value * value;
            }
        }
    }

    public override void Merge(Aggregate other, int[] groups)
    {
        var theirs = (DeviationAggregate)other;
        for (int i = 0; i < groups.Length; i++)
        {
            _counts[groups[i]] += theirs._counts[i];
            _sums[groups[i]] += theirs._sums[i];
            _squares[groups[i]] += theirs._squares[i];
        }
    }

    public override void Write(int groups, Vector into, TextPool texts) => WriteCells(groups, into, group => Of(_counts[group], _sums[group], _squares[group]));

    /// <summary>The standard deviation of values.</summary>
    /// <param name="n">How many there are.</param>
    /// <param name="sum">Their sum.</param>
    /// <param name="squares">The sum of their squares.</param>
    /// <returns>It, with <see cref="Digits"/> more digits than the values have; null for fewer than two.</returns>
    /// <exception cref="OverflowException">It needs more than 128 bits.</exception>
    public static Int128? Of(BigInteger n, BigInteger sum, BigInteger squares)
    {
        if (n < 2)
        {
            return null;
        }

        // Each digit more of the root takes two more under it.
        BigInteger numerator = ((n * squares) - (sum * sum)) * BigInteger.Pow(10, 2 * Digits);
        BigInteger denominator = n * (n - 1);
        BigInteger root = SquareRoot(numerator / denominator);

        // Inexact and ending in 0 or 5: one unit away from zero, so that rounding to fewer digits sees that more follow.
        bool isExact = root * root * denominator == numerator;
        return checked((Int128)(isExact || (root % 5) != 0 ? root : root + 1));
    }

    /// <summary>The whole part of a square root, by Newton's method.</summary>
    private static BigInteger SquareRoot(BigInteger value)
    {
        if (value.IsZero)
        {
            return 0;
        }

        BigInteger root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            BigInteger next = (root + (value / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }
}
