using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Assay.Data;

namespace Assay.Refine.Decode;

/// <summary>
/// Raw bytes to what they decode to, so that cleaning rules run once per distinct text. Bounded: it is
/// emptied when it has grown past its limit. Texts of up to 16 bytes are compared as two words and a length.
/// </summary>
internal sealed class DecodeCache
{
    /// <summary>The texts kept at most: twice any usual dimension, and still within the second-level cache.</summary>
    public const int DefaultLimit = 8192;

    /// <summary>The bytes of longer texts kept at most, for each text: fields of a megabyte must not add up.</summary>
    private const int LongBytesPerText = 64;

    private readonly int _limit;
    private Slot[] _slots = new Slot[64];
    private byte[] _long = new byte[1024];
    private int _longUsed;

    public DecodeCache(int limit = DefaultLimit) => _limit = limit;

    public int Count { get; private set; }

    public bool IsFull => Count >= _limit || _longUsed > _limit * LongBytesPerText;

    public void Clear()
    {
        Array.Clear(_slots);
        _longUsed = 0;
        Count = 0;
    }

    /// <summary>Looks a text up.</summary>
    /// <returns>The slot it is in, or the complement of the slot where it belongs.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(ReadOnlySpan<byte> raw)
    {
        Words(raw, out ulong a, out ulong b);
        int tag = raw.Length + 1;
        Slot[] slots = _slots;
        int mask = slots.Length - 1;
        int at = (int)Hash(a, b, tag) & mask;
        while (true)
        {
            ref Slot slot = ref slots[at];
            if (slot.A == a && slot.B == b && slot.Tag == tag && (tag <= 17 || Same(raw, slot.LongStart)))
            {
                return at;
            }

            if (slot.Tag == 0)
            {
                return ~at;
            }

            at = (at + 1) & mask;
        }
    }

    public ref readonly Slot this[int slot] => ref _slots[slot];

    /// <summary>Remembers what a text decodes to.</summary>
    /// <param name="raw">The text, which is not in the cache.</param>
    /// <param name="decoded">What it decodes to.</param>
    public void Add(ReadOnlySpan<byte> raw, Decoded decoded)
    {
        if ((Count + 1) * 2 > _slots.Length)
        {
            Grow();
        }

        int at = ~Find(raw);
        Words(raw, out ulong a, out ulong b);
        ref Slot slot = ref _slots[at];
        slot = new Slot
        {
            A = a,
            B = b,
            Tag = raw.Length + 1,
            Value = decoded.Value,
            IsNull = decoded.IsNull,
            Fault = decoded.Fault,
        };
        if (raw.Length > 16)
        {
            if (_longUsed + raw.Length > _long.Length)
            {
                Array.Resize(ref _long, Math.Max(_long.Length * 2, _longUsed + raw.Length));
            }

            raw.CopyTo(_long.AsSpan(_longUsed));
            slot.LongStart = _longUsed;
            _longUsed += raw.Length;
        }

        Count++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ulong a, ulong b, int tag)
    {
        ulong high = Math.BigMul(a ^ 0xa0761d6478bd642fUL, b ^ 0xe7037ed1a0b428dbUL ^ (ulong)tag, out ulong low);
        ulong mixed = high ^ low;
        return (uint)(mixed ^ (mixed >> 32));
    }

    /// <summary>Up to 16 bytes as two words that, with the length, tell them exactly; of longer text the first and last eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Words(ReadOnlySpan<byte> raw, out ulong a, out ulong b)
    {
        ref byte start = ref MemoryMarshal.GetReference(raw);
        int length = raw.Length;
        if (length >= 8)
        {
            a = Unsafe.ReadUnaligned<ulong>(ref start);
            b = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8));
        }
        else if (length >= 4)
        {
            a = Unsafe.ReadUnaligned<uint>(ref start);
            b = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, length - 4));
        }
        else if (length > 0)
        {
            a = ((ulong)start << 16) | ((ulong)Unsafe.Add(ref start, length >> 1) << 8) | Unsafe.Add(ref start, length - 1);
            b = 0;
        }
        else
        {
            a = 0;
            b = 0;
        }
    }

    private bool Same(ReadOnlySpan<byte> raw, int start) => raw.SequenceEqual(_long.AsSpan(start, raw.Length));

    private void Grow()
    {
        Slot[] old = _slots;
        _slots = new Slot[old.Length * 2];
        int mask = _slots.Length - 1;
        foreach (ref readonly Slot slot in old.AsSpan())
        {
            if (slot.Tag == 0)
            {
                continue;
            }

            int at = (int)Hash(slot.A, slot.B, slot.Tag) & mask;
            while (_slots[at].Tag != 0)
            {
                at = (at + 1) & mask;
            }

            _slots[at] = slot;
        }
    }

    /// <summary>A place in the table; Tag is the text's length plus one, 0 where the place is free.</summary>
    internal struct Slot
    {
        public ulong A;
        public ulong B;
        public long Value;
        public int Tag;
        public int LongStart;
        public bool IsNull;
        public FaultCode Fault;
    }
}
