using Assay.Data;

namespace Assay.Measure.Memory.Joins;

/// <summary>Finds the row of a key; rows are numbered in the order they were added.</summary>
internal abstract class LookupIndex
{
    /// <summary>How many keys there are.</summary>
    public abstract int Count { get; }

    /// <summary>Adds the key of a row that is not null.</summary>
    /// <returns>False when it is there already.</returns>
    public abstract bool TryAdd(Vector keys, int row, TextPool texts);

    /// <summary>Adds the keys of another index of the same kind, in its order.</summary>
    /// <returns>False when one of them is there already.</returns>
    public abstract bool TryMerge(LookupIndex other);
}
