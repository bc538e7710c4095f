using System.Runtime.CompilerServices;

namespace Assay.App.Generate;

/// <summary>Draws an index by weight in constant time, from one draw.</summary>
/// <remarks>The alias method (Walker 1977, in Vose's form, IEEE Transactions on Software Engineering 17, 1991).
/// The high half of draw × count chooses the column, the low half decides between it and its alias.</remarks>
internal sealed class AliasTable
{
    private readonly ulong[] _keep;
    private readonly int[] _alias;

    /// <summary>Prepares the weights.</summary>
    /// <param name="weights">At least one; each positive and finite.</param>
    public AliasTable(IReadOnlyList<double> weights)
    {
        int count = weights.Count;
        double total = weights.Sum();
        var shares = new double[count];
        _keep = new ulong[count];
        _alias = new int[count];
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (int i = 0; i < count; i++)
        {
            shares[i] = weights[i] * count / total;
            _keep[i] = ulong.MaxValue;
            _alias[i] = i;
            (shares[i] < 1 ? small : large).Push(i);
        }

        // What is left in either stack at the end is 1 but for rounding, and keeps its column whole.
        while (small.Count > 0 && large.Count > 0)
        {
            int low = small.Pop();
            int high = large.Pop();
            _keep[low] = Threshold(shares[low]);
            _alias[low] = high;
            shares[high] -= 1 - shares[low];
            (shares[high] < 1 ? small : large).Push(high);
        }
    }

    /// <summary>How many weights there are.</summary>
    public int Count => _keep.Length;

    /// <summary>The draws below which a chance comes true: chance × 2^64.</summary>
    /// <param name="chance">From 0 to 1.</param>
    public static ulong Threshold(double chance) =>
        chance >= 1 ? ulong.MaxValue : (ulong)(chance * 18446744073709551616.0);

    /// <summary>Turns draws into indices, in place.</summary>
    /// <param name="draws">64 uniform bits each.</param>
    public void Pick(Span<long> draws)
    {
        for (int i = 0; i < draws.Length; i++)
        {
            draws[i] = Pick((ulong)draws[i]);
        }
    }

    /// <summary>Turns a draw into an index.</summary>
    /// <param name="draw">64 uniform bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Pick(ulong draw)
    {
        ulong column = Math.BigMul(draw, (ulong)_keep.Length, out ulong low);
        return low < _keep[column] ? (long)column : _alias[column];
    }
}
