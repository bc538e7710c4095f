using System.Text;

namespace Assay.Data;

/// <summary>
/// The distinct texts that one worker has met, each known by a small code, so that rows carry integers:
/// equal text has equal codes, and a rule runs once per distinct value. Not safe for several threads.
/// </summary>
/// <remarks>
/// The pool is emptied between batches when it has grown past its limit, so that a column of ever new
/// values needs no more memory than one of a few. Whoever keeps something by code must drop it when
/// <see cref="Generation"/> changes.
/// </remarks>
public sealed class TextPool
{
    /// <summary>The texts after which <see cref="TrimIfLarge"/> empties the pool: enough for any real
    /// dimension, little enough (a few MB) to keep a worker's memory flat.</summary>
    public const int DefaultLimit = 32_768;

    private readonly int _limit;
    private readonly int _byteLimit;
    private byte[] _bytes = new byte[4096];
    private int[] _ends = new int[256];
    private uint[] _hashes = new uint[256];
    private int[] _slots = new int[512];

    /// <summary>Makes an empty pool.</summary>
    /// <param name="limit">How many texts it may hold when <see cref="TrimIfLarge"/> is called.</param>
    public TextPool(int limit = DefaultLimit)
    {
        _limit = limit;
        _byteLimit = (int)Math.Min(limit * 64L, Array.MaxLength / 2);
    }

    /// <summary>How many texts it holds; their codes are 0 to this less one.</summary>
    public int Count { get; private set; }

    /// <summary>How often it was emptied: codes of another generation mean nothing.</summary>
    public int Generation { get; private set; }

    /// <summary>The text of a code, as UTF-8. Do not keep it past the next <see cref="Intern(ReadOnlySpan{byte})"/>.</summary>
    /// <param name="code">A code that <see cref="Intern(ReadOnlySpan{byte})"/> gave in this generation.</param>
    public ReadOnlySpan<byte> this[int code]
    {
        get
        {
            int start = code == 0 ? 0 : _ends[code - 1];
            return new ReadOnlySpan<byte>(_bytes, start, _ends[code] - start);
        }
    }

    /// <summary>The text of a code as a string.</summary>
    /// <param name="code">A code of this generation.</param>
    /// <returns>The text.</returns>
    public string GetString(int code) => Encoding.UTF8.GetString(this[code]);

    /// <summary>The code of a text, new or known.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Its code in this generation.</returns>
    public int Intern(string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= 512)
        {
            Span<byte> buffer = stackalloc byte[512];
            return Intern(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
        }

        return Intern(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The code of a text, new or known.</summary>
    /// <param name="utf8">The text as UTF-8.</param>
    /// <returns>Its code in this generation.</returns>
    public int Intern(ReadOnlySpan<byte> utf8)
    {
        uint hash = ByteHash.Of(utf8);
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        while (_slots[slot] != 0)
        {
            int code = _slots[slot] - 1;
            if (_hashes[code] == hash && this[code].SequenceEqual(utf8))
            {
                return code;
            }

            slot = (slot + 1) & mask;
        }

        return Add(utf8, hash, slot);
    }

    /// <summary>The code of a text, if it is known. Changes nothing: several threads may look at once while none adds.</summary>
    /// <param name="utf8">The text as UTF-8.</param>
    /// <returns>Its code in this generation, or -1 when the pool has no such text.</returns>
    public int Find(ReadOnlySpan<byte> utf8)
    {
        uint hash = ByteHash.Of(utf8);
        int mask = _slots.Length - 1;
        for (int slot = (int)hash & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            int code = _slots[slot] - 1;
            if (_hashes[code] == hash && this[code].SequenceEqual(utf8))
            {
                return code;
            }
        }

        return -1;
    }

    /// <summary>Empties the pool if it has outgrown its limit. Call it between batches only.</summary>
    /// <returns>Whether it was emptied: then no earlier code is valid.</returns>
    public bool TrimIfLarge()
    {
        int used = Count == 0 ? 0 : _ends[Count - 1];
        if (Count <= _limit && used <= _byteLimit)
        {
            return false;
        }

        Count = 0;
        Generation++;
        if (_bytes.Length > _byteLimit * 2)
        {
            _bytes = new byte[4096];
        }

        Array.Clear(_slots);
        return true;
    }

    private int Add(ReadOnlySpan<byte> utf8, uint hash, int slot)
    {
        int start = Count == 0 ? 0 : _ends[Count - 1];
        if (start + utf8.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, start + utf8.Length));
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, Count * 2);
            Array.Resize(ref _hashes, Count * 2);
        }

        utf8.CopyTo(_bytes.AsSpan(start));
        _ends[Count] = start + utf8.Length;
        _hashes[Count] = hash;
        _slots[slot] = ++Count;
        if (Count * 2 > _slots.Length)
        {
            Rehash();
        }

        return Count - 1;
    }

    private void Rehash()
    {
        int[] slots = new int[_slots.Length * 2];
        int mask = slots.Length - 1;
        for (int code = 0; code < Count; code++)
        {
            int slot = (int)_hashes[code] & mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            slots[slot] = code + 1;
        }

        _slots = slots;
    }
}
