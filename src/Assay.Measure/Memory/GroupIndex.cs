using Assay.Data;

namespace Assay.Measure.Memory;

/// <summary>
/// Gives each combination of key values a number from 1, in the order they are met. One text key goes
/// through an array from the pool's code to the group; anything else through a hash table.
/// </summary>
internal sealed class GroupIndex
{
    /// <summary>The most keys there can be: a word has a bit for each.</summary>
    public const int MostKeys = 64;

    private readonly ColumnType[] _types;
    private readonly StableTexts?[] _texts;
    private readonly long[][] _ids;
    private int[] _groupOfCode = [];
    private int _generation = -1;

    // Each group is a stride of cells: the keys, then a word whose bits tell which keys are null.
    private long[] _cells = [];
    private int[] _slots = new int[64];
    private readonly long[] _probe;

    public GroupIndex(IReadOnlyList<ColumnType> types, int capacity)
    {
        _types = [.. types];
        _texts = [.. types.Select(type => type.Kind == ColumnKind.String ? new StableTexts() : null)];
        _ids = [.. types.Select(_ => new long[capacity])];
        _probe = new long[types.Count + 1];
        if (types.Count == 0)
        {
            // Without keys there is one group, and it is there even when no row is.
            FindOrAdd(_probe);
        }
    }

    /// <summary>How many groups there are, group 0 not counted.</summary>
    public int Count { get; private set; }

    private int Stride => _types.Length + 1;

    /// <summary>Finds the group of each row of a batch.</summary>
    /// <param name="keys">The keys' values.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="groups">Takes the groups.</param>
    /// <param name="isSelective">Whether rows that are in group 0 already stay there: a group of which no row counts is none.</param>
    public void Assign(Vector[] keys, RowBatch batch, int[] groups, bool isSelective)
    {
        if (!isSelective)
        {
            Array.Fill(groups, 1, 0, batch.Count);
        }

        if (keys.Length == 0)
        {
            return;
        }

        if (keys.Length == 1 && _texts[0] is not null)
        {
            AssignByCode(keys[0], batch, groups, isSelective || keys[0].HasNulls);
        }
        else
        {
            AssignByHash(keys, batch, groups);
        }
    }

    /// <summary>Makes room for larger batches.</summary>
    /// <param name="capacity">The most rows of a batch.</param>
    public void EnsureRows(int capacity)
    {
        for (int key = 0; key < _ids.Length && _ids[key].Length < capacity; key++)
        {
            _ids[key] = new long[capacity];
        }
    }

    /// <summary>Forgets the codes of the pool so far, as batches of another pool come. A worker's batches have one pool.</summary>
    public void TurnToOtherPool()
    {
        _generation = -1;
        foreach (StableTexts? texts in _texts)
        {
            texts?.TurnToOtherPool();
        }
    }

    /// <summary>Finds here the groups that another index has.</summary>
    /// <param name="other">The other index, of the same keys.</param>
    /// <returns>For each of its groups, group 0 included, the number of the same group here.</returns>
    public int[] Map(GroupIndex other)
    {
        var map = new int[other.Count + 1];
        for (int group = 1; group <= other.Count; group++)
        {
            ReadOnlySpan<long> cells = other.CellsOf(group);
            cells.CopyTo(_probe);
            for (int key = 0; key < _types.Length; key++)
            {
                if (_texts[key] is { } texts && !IsNull(cells, key))
                {
                    _probe[key] = texts.IdOf(other._texts[key]!.Text((int)cells[key]));
                }
            }

            map[group] = FindOrAdd(_probe);
        }

        return map;
    }

    /// <summary>Writes the key values of groups 1 and on into rows 0 and on.</summary>
    public void WriteKey(int key, Vector into, TextPool pool)
    {
        into.Type = _types[key];
        into.HasNulls = false;
        for (int row = 0; row < Count; row++)
        {
            ReadOnlySpan<long> cells = CellsOf(row + 1);
            into.Nulls[row] = IsNull(cells, key);
            into.HasNulls |= into.Nulls[row];
            into.Values[row] = _texts[key] is { } texts && !into.Nulls[row] ? pool.Intern(texts.Text((int)cells[key])) : cells[key];
        }
    }

    /// <summary>Whether the one key of a group is null.</summary>
    public bool IsNull(int group) => IsNull(CellsOf(group), 0);

    /// <summary>The one key of a group, which is no text.</summary>
    public long Number(int group) => CellsOf(group)[0];

    /// <summary>The one key of a group, which is text.</summary>
    public ReadOnlySpan<byte> Text(int group) => _texts[0]!.Text((int)CellsOf(group)[0]);

    /// <summary>Adds the group of a value of the one key, if it is not there.</summary>
    public void Add(long key)
    {
        _probe[0] = key;
        _probe[1] = 0;
        FindOrAdd(_probe);
    }

    /// <summary>Adds the group of a text of the one key, if it is not there.</summary>
    public void Add(ReadOnlySpan<byte> key) => Add(_texts[0]!.IdOf(key));

    private bool IsNull(ReadOnlySpan<long> cells, int key) => ((cells[_types.Length] >> key) & 1) != 0;

    private ReadOnlySpan<long> CellsOf(int group) => _cells.AsSpan((group - 1) * Stride, Stride);

    private void AssignByCode(Vector key, RowBatch batch, int[] groups, bool hasGaps)
    {
        TextPool pool = batch.Texts;
        if (pool.Generation != _generation)
        {
            Array.Clear(_groupOfCode);
            _generation = pool.Generation;
        }

        if (pool.Count > _groupOfCode.Length)
        {
            Array.Resize(ref _groupOfCode, pool.Count * 2);
        }

        int[] groupOfCode = _groupOfCode;
        long[] values = key.Values;
        int count = batch.Count;
        for (int row = 0; !hasGaps && row < count; row++)
        {
            int code = (int)values[row];
            int group = groupOfCode[code];
            groups[row] = group != 0 ? group : groupOfCode[code] = GroupOfText(code, pool);
        }

        for (int row = 0; hasGaps && row < count; row++)
        {
            if (groups[row] == 0)
            {
                continue;
            }

            if (key.HasNulls && key.Nulls[row])
            {
                groups[row] = GroupOfText(null, pool);
                continue;
            }

            int code = (int)values[row];
            int group = groupOfCode[code];
            if (group == 0)
            {
                group = GroupOfText(code, pool);
                groupOfCode[code] = group;
            }

            groups[row] = group;
        }
    }

    private int GroupOfText(int? code, TextPool pool)
    {
        _probe[0] = code is null ? 0 : _texts[0]!.IdOf(pool, code.Value);
        _probe[1] = code is null ? 1 : 0;
        return FindOrAdd(_probe);
    }

    private void AssignByHash(Vector[] keys, RowBatch batch, int[] groups)
    {
        for (int key = 0; key < keys.Length; key++)
        {
            Vector vector = keys[key];
            long[] ids = _ids[key];
            for (int row = 0; row < batch.Count; row++)
            {
                ids[row] = groups[row] == 0 || vector.IsNull(row) ? 0
                    : _texts[key] is { } texts ? texts.IdOf(batch.Texts, (int)vector.Values[row])
                    : checked((long)vector.Get(row));
            }
        }

        for (int row = 0; row < batch.Count; row++)
        {
            if (groups[row] == 0)
            {
                continue;
            }

            long nulls = 0;
            for (int key = 0; key < keys.Length; key++)
            {
                _probe[key] = _ids[key][row];
                nulls |= keys[key].IsNull(row) ? 1L << key : 0;
            }

            _probe[^1] = nulls;
            groups[row] = FindOrAdd(_probe);
        }
    }

    private int FindOrAdd(long[] cells)
    {
        int mask = _slots.Length - 1;
        int at = (int)Hash(cells) & mask;
        while (_slots[at] != 0)
        {
            if (CellsOf(_slots[at]).SequenceEqual(cells))
            {
                return _slots[at];
            }

            at = (at + 1) & mask;
        }

        if ((Count + 1) * Stride > _cells.Length)
        {
            Array.Resize(ref _cells, Math.Max(16 * Stride, _cells.Length * 2));
        }

        Count++;
        cells.CopyTo(_cells.AsSpan((Count - 1) * Stride));
        _slots[at] = Count;
        if (Count * 2 > _slots.Length)
        {
            Rehash();
        }

        return Count;
    }

    private void Rehash()
    {
        _slots = new int[_slots.Length * 2];
        int mask = _slots.Length - 1;
        for (int group = 1; group <= Count; group++)
        {
            int at = (int)Hash(CellsOf(group)) & mask;
            while (_slots[at] != 0)
            {
                at = (at + 1) & mask;
            }

            _slots[at] = group;
        }
    }

    private static uint Hash(ReadOnlySpan<long> cells)
    {
        ulong hash = 0x9E3779B97F4A7C15UL;
        foreach (long cell in cells)
        {
            ulong high = Math.BigMul(hash ^ (ulong)cell, 0xa0761d6478bd642fUL, out ulong low);
            hash = high ^ low;
        }

        return (uint)(hash ^ (hash >> 32));
    }
}
