using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Assay.Data;

namespace Assay.Refine.Decode;

/// <summary>
/// Raw bytes to what they decode to, so that cleaning rules run once per distinct text. Bounded: whoever
/// uses it empties it when it is full. A text of up to 32 bytes is one vector, loaded and compared at once
/// whatever its length, so that the look-up has no branch that depends on the text.
/// </summary>
internal sealed class DecodeCache
{
    /// <summary>The texts kept at most: more than any usual dimension has, and a table that stays in the second-level cache.</summary>
    public const int DefaultLimit = 4096;

    private const int Short = 32;
    private static readonly Vector256<byte>[] Masks = [.. Enumerable.Range(0, Short + 1).Select(Mask)];

    /// <summary>Tables of fewer places are kept three quarters empty, larger ones half: a text that is not where it is first
    /// looked for costs more than everything else about it.</summary>
    private const int Roomy = 1024;

    /// <summary>The bytes of longer texts kept at most, for each text: fields of a megabyte must not add up.</summary>
    private const int LongBytesPerText = 64;

    private readonly int _limit;
    private Slot[] _slots = new Slot[64];
    private byte[] _long = [];
    private int _longUsed;

    public DecodeCache(int limit = DefaultLimit) => _limit = limit;

    public int Count { get; private set; }

    public bool IsFull => Count >= _limit || _longUsed > _limit * LongBytesPerText;

    /// <summary>Forgets everything, and keeps the room: it will be needed again.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        _longUsed = 0;
        Count = 0;
    }

    /// <summary>Forgets everything, and gives the room back.</summary>
    public void Release()
    {
        _slots = new Slot[64];
        _long = [];
        _longUsed = 0;
        Count = 0;
    }

    /// <summary>Looks a text up that lies in a larger buffer.</summary>
    /// <param name="bytes">The buffer.</param>
    /// <param name="start">Where the text starts.</param>
    /// <param name="length">Its bytes.</param>
    /// <returns>The slot it is in, or -1 when it is not there.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(byte[] bytes, int start, int length)
    {
        if (length <= Short && start + Short <= bytes.Length)
        {
            ref byte text = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), start);
            return FindShort(Vector256.LoadUnsafe(ref text) & Masks[length], length);
        }

        return Find(new ReadOnlySpan<byte>(bytes, start, length));
    }

    /// <summary>Looks a text up.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The slot it is in, or -1 when it is not there.</returns>
    public int Find(ReadOnlySpan<byte> text)
    {
        Vector256<byte> key = KeyOf(text);
        if (text.Length <= Short)
        {
            return FindShort(key, text.Length);
        }

        int mask = _slots.Length - 1;
        for (int at = (int)Hash(key, text.Length) & mask; _slots[at].Tag != 0; at = (at + 1) & mask)
        {
            ref Slot slot = ref _slots[at];
            if (slot.Tag == text.Length + 1 && slot.Key == key && text.SequenceEqual(_long.AsSpan(slot.LongStart, text.Length)))
            {
                return at;
            }
        }

        return -1;
    }

    public ref readonly Slot this[int slot] => ref _slots[slot];

    /// <summary>Remembers what a text decodes to.</summary>
    /// <param name="text">The text, which is not in the cache.</param>
    /// <param name="decoded">What it decodes to.</param>
    public void Add(ReadOnlySpan<byte> text, Decoded decoded)
    {
        if ((Count + 1) * (_slots.Length < Roomy ? 4 : 2) > _slots.Length)
        {
            Grow();
        }

        var slot = new Slot
        {
            Key = KeyOf(text),
            Tag = text.Length + 1,
            Value = decoded.Value,
            IsNull = decoded.IsNull,
            Fault = decoded.Fault,
        };
        if (text.Length > Short)
        {
            if (_longUsed + text.Length > _long.Length)
            {
                Array.Resize(ref _long, Math.Max(Math.Max(1024, _long.Length * 2), _longUsed + text.Length));
            }

            text.CopyTo(_long.AsSpan(_longUsed));
            slot.LongStart = _longUsed;
            _longUsed += text.Length;
        }

        Put(_slots, slot);
        Count++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindShort(Vector256<byte> key, int length)
    {
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        int at = (int)Hash(key, length) & mask;
        while (true)
        {
            ref Slot slot = ref slots[at];
            if (slot.Key == key && slot.Tag == length + 1)
            {
                return at;
            }

            if (slot.Tag == 0)
            {
                return -1;
            }

            at = (at + 1) & mask;
        }
    }

    /// <summary>The first 32 bytes, filled up with zeros; with the length they tell short texts exactly.</summary>
    private static Vector256<byte> KeyOf(ReadOnlySpan<byte> text)
    {
        Span<byte> padded = stackalloc byte[Short];
        padded.Clear();
        text[..Math.Min(text.Length, Short)].CopyTo(padded);
        return Vector256.Create<byte>(padded);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(Vector256<byte> key, int length)
    {
        // The four words in pairs, then one multiply and fold (the mixing step of wyhash, public domain).
        Vector256<ulong> words = key.AsUInt64();
        ulong a = words[0] ^ BitOperations.RotateLeft(words[2], 23) ^ 0xa0761d6478bd642f;
        ulong b = words[1] ^ BitOperations.RotateLeft(words[3], 41) ^ 0xe7037ed1a0b428db ^ (ulong)length;
        ulong high = Math.BigMul(a, b, out ulong low);
        ulong hash = high ^ low;
        return (uint)(hash ^ (hash >> 32));
    }

    private static Vector256<byte> Mask(int length)
    {
        Span<byte> mask = stackalloc byte[Short];
        mask.Clear();
        mask[..length].Fill(255);
        return Vector256.Create<byte>(mask);
    }

    private static void Put(Slot[] slots, in Slot slot)
    {
        int mask = slots.Length - 1;
        int at = (int)Hash(slot.Key, slot.Tag - 1) & mask;
        while (slots[at].Tag != 0)
        {
            at = (at + 1) & mask;
        }

        slots[at] = slot;
    }

    private void Grow()
    {
        var slots = new Slot[_slots.Length * 2];
        foreach (ref readonly Slot slot in _slots.AsSpan())
        {
            if (slot.Tag != 0)
            {
                Put(slots, slot);
            }
        }

        _slots = slots;
    }

    /// <summary>A place in the table, a cache line; Tag is the text's length plus one, 0 where the place is free.</summary>
    internal struct Slot
    {
        public Vector256<byte> Key;
        public long Value;
        public int Tag;
        public int LongStart;
        public bool IsNull;
        public FaultCode Fault;
    }
}
