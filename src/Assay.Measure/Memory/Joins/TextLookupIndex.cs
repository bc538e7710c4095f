using Assay.Data;

namespace Assay.Measure.Memory.Joins;

/// <summary>Finds rows by text: a pool of nothing but the keys, so that the code of a key is its row.</summary>
internal sealed class TextLookupIndex : LookupIndex
{
    private readonly TextPool _keys = new();

    public override int Count => _keys.Count;

    public override bool TryAdd(Vector keys, int row, TextPool texts) => TryAdd(texts[(int)keys.Values[row]]);

    public override bool TryMerge(LookupIndex other)
    {
        TextPool theirs = ((TextLookupIndex)other)._keys;
        for (int code = 0; code < theirs.Count; code++)
        {
            if (!TryAdd(theirs[code]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The row of a key, or -1.</summary>
    public int Find(ReadOnlySpan<byte> key) => _keys.Find(key);

    private bool TryAdd(ReadOnlySpan<byte> key)
    {
        int count = _keys.Count;
        return _keys.Intern(key) == count;
    }
}
