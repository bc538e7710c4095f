using System.Collections;

namespace Assay.App.Runs;

/// <summary>A list whose items are made each time that they are asked for: it takes no memory, however many there are.</summary>
/// <typeparam name="T">What is made.</typeparam>
/// <param name="count">How many there are.</param>
/// <param name="make">Makes one by its place; always the same.</param>
internal sealed class DerivedList<T>(int count, Func<int, T> make) : IReadOnlyList<T>
{
    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)count, nameof(index));
            return make(index);
        }
    }

    /// <summary>Lists one after another.</summary>
    /// <param name="lists">The lists, which do not change any more.</param>
    /// <returns>The items of all.</returns>
    public static IReadOnlyList<T> Join(IEnumerable<IReadOnlyList<T>> lists)
    {
        IReadOnlyList<T>[] some = [.. lists.Where(list => list.Count > 0)];
        return some switch
        {
            [] => [],
            [var one] => one,
            _ => new DerivedList<T>(some.Sum(list => list.Count), index => Of(some, index)),
        };
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < count; i++)
        {
            yield return make(i);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static T Of(IReadOnlyList<T>[] lists, int index)
    {
        int list = 0;
        for (; index >= lists[list].Count; list++)
        {
            index -= lists[list].Count;
        }

        return lists[list][index];
    }
}
