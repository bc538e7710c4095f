namespace Assay.Data;

/// <summary>Hashes lists by their items, so that records that hold lists can be equal by value.</summary>
internal static class ListHash
{
    public static int Of<T>(int seed, IReadOnlyList<T> items)
    {
        var hash = new HashCode();
        hash.Add(seed);
        foreach (T item in items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }
}
