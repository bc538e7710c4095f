using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Assay.Read;

/// <summary>
/// The stretch of a document that is looked at: bytes, what kinds of bytes are among them, and the first fault found.
/// </summary>
/// <remarks>
/// A <c>&lt;</c> and zeros stand behind the last byte, so that searches for markup end there without asking, and no
/// comparison with a tag can reach past it: no zero is in a tag, and a <c>&lt;</c> only in front.
/// </remarks>
internal sealed class XmlWindow
{
    /// <summary>The bytes past the last that must be there, and are overwritten.</summary>
    public const int Slack = 128;

    /// <summary>The steps of the scanner answer with the place after what they read, or with this: it needs more bytes.</summary>
    public const int More = -1;

    /// <summary>A step's other answer: the document is not well formed, see <see cref="Fault"/>.</summary>
    public const int Bad = -2;

    /// <summary>The bytes.</summary>
    public byte[] Bytes { get; private set; } = new byte[Slack];

    /// <summary>How many of them are the document's.</summary>
    public int Filled { get; private set; }

    /// <summary>Whether there is a byte that is not ASCII.</summary>
    public bool HasWide { get; private set; }

    /// <summary>Whether there is a CR, which does not go into texts as it is.</summary>
    public bool HasReturns { get; private set; }

    /// <summary>Whether there is a <c>]</c>, so that some text may have a <c>]]&gt;</c>.</summary>
    public bool HasBrackets { get; private set; }

    /// <summary>Where to go on after <see cref="More"/>.</summary>
    public int Resume { get; private set; }

    /// <summary>Where the fault is.</summary>
    public int FaultAt { get; private set; }

    /// <summary>What is wrong there.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>The document's bytes.</summary>
    public ReadOnlySpan<byte> Span => Bytes.AsSpan(0, Filled);

    /// <summary>Looks at bytes.</summary>
    /// <param name="bytes">The bytes, with <see cref="Slack"/> behind them.</param>
    /// <param name="filled">How many are the document's.</param>
    /// <returns>Where the first character stands that no document may have: the window ends before it; -1 without one.</returns>
    public int Load(byte[] bytes, int filled)
    {
        Bytes = bytes;
        Filled = filled;
        bytes.AsSpan(filled, Slack).Clear();
        bool suspicious = Inspect(ref MemoryMarshal.GetArrayDataReference(bytes), filled);
        int illegal = suspicious || HasWide ? XmlCharacters.FirstIllegal(Span, HasWide) : -1;
        if (illegal >= 0)
        {
            Filled = illegal;
            bytes.AsSpan(illegal, Slack).Clear();
        }

        bytes[Filled] = (byte)'<';
        return illegal;
    }

    /// <summary>Says that the document is not well formed.</summary>
    /// <param name="at">Where.</param>
    /// <param name="reason">What is wrong.</param>
    /// <returns><see cref="Bad"/>.</returns>
    public int Fail(int at, string reason)
    {
        FaultAt = at;
        Fault = reason;
        return Bad;
    }

    /// <summary>The next <c>&lt;</c> or <c>&amp;</c>; the window's end when there is none.</summary>
    /// <param name="bytes">The window's bytes.</param>
    /// <param name="at">Where to look from, at most the window's end.</param>
    /// <returns>Its place.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Markup(ref byte bytes, int at)
    {
        // Values are short: most end within one vector.
        while (true)
        {
            var part = Vector256.LoadUnsafe(ref bytes, (nuint)at);
            uint found = (Vector256.Equals(part, Vector256.Create((byte)'<')) | Vector256.Equals(part, Vector256.Create((byte)'&')))
                .ExtractMostSignificantBits();
            if (found != 0)
            {
                return at + BitOperations.TrailingZeroCount(found);
            }

            at += Vector256<byte>.Count;
        }
    }

    /// <summary>The next double quote, or the next byte that is not simply a part of an attribute's value.</summary>
    /// <param name="bytes">The window's bytes.</param>
    /// <param name="at">Where to look from, at most the window's end.</param>
    /// <returns>Its place.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Quote(ref byte bytes, int at)
    {
        var last = Vector256.Create((byte)0x1F);
        while (true)
        {
            var part = Vector256.LoadUnsafe(ref bytes, (nuint)at);
            uint found = (Vector256.Equals(part, Vector256.Create((byte)'"')) | Vector256.Equals(part, Vector256.Create((byte)'<'))
                | Vector256.Equals(part, Vector256.Create((byte)'&')) | Vector256.Equals(Vector256.Min(part, last), part))
                .ExtractMostSignificantBits();
            if (found != 0)
            {
                return at + BitOperations.TrailingZeroCount(found);
            }

            at += Vector256<byte>.Count;
        }
    }

    /// <summary>Whether certain bytes stand at a place.</summary>
    /// <param name="bytes">The window's bytes.</param>
    /// <param name="at">The place.</param>
    /// <param name="wanted">The bytes, no more than <see cref="Slack"/>.</param>
    /// <returns>True when they do.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Matches(ref byte bytes, int at, byte[] wanted) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref bytes, at), wanted.Length).SequenceEqual(wanted);

    /// <summary>Says that more bytes are needed.</summary>
    /// <param name="resume">Where to go on once they are there; what is before it is done with.</param>
    /// <returns><see cref="More"/>.</returns>
    public int Wait(int resume)
    {
        Resume = resume;
        return More;
    }

    /// <summary>Says that more bytes are needed to find the end of a text, most of which can be let go: not the middle of
    /// a character, nor what may be the first bytes of the end.</summary>
    /// <param name="from">Where the text starts.</param>
    /// <param name="held">What the end starts with, once or twice.</param>
    /// <returns><see cref="More"/>.</returns>
    public int WaitIn(int from, byte held) => Wait(Whole(from, held));

    private int Whole(int from, byte held)
    {
        int end = Filled;
        int lead = end;
        while (lead > from && end - lead < 3 && (Bytes[lead - 1] & 0xC0) == 0x80)
        {
            lead--;
        }

        if (lead > from && Bytes[lead - 1] >= 0xC0)
        {
            lead--;
            int length = Bytes[lead] >= 0xF0 ? 4 : Bytes[lead] >= 0xE0 ? 3 : 2;
            return lead + length > end ? lead : end;
        }

        for (int count = 0; count < 2 && end > from && Bytes[end - 1] == held; count++)
        {
            end--;
        }

        return end;
    }

    /// <summary>The kinds of bytes; true when there is a control character other than TAB, LF and CR.</summary>
    private bool Inspect(ref byte bytes, int filled)
    {
        Vector256<byte> wide = default;
        Vector256<byte> control = default;
        Vector256<byte> returns = default;
        Vector256<byte> brackets = default;
        var last = Vector256.Create((byte)0x1F);
        var lf = Vector256.Create((byte)'\n');
        var cr = Vector256.Create((byte)'\r');
        var tab = Vector256.Create((byte)'\t');
        var bracket = Vector256.Create((byte)']');
        int at = 0;
        int whole = filled & -Vector256<byte>.Count;
        for (; at < whole; at += Vector256<byte>.Count)
        {
            var part = Vector256.LoadUnsafe(ref bytes, (nuint)at);
            Vector256<byte> isCr = Vector256.Equals(part, cr);
            wide |= part;
            returns |= isCr;
            brackets |= Vector256.Equals(part, bracket);
            control |= Vector256.AndNot(
                Vector256.Equals(Vector256.Min(part, last), part),
                isCr | Vector256.Equals(part, lf) | Vector256.Equals(part, tab));
        }

        HasWide = wide.ExtractMostSignificantBits() != 0;
        HasReturns = returns != default;
        HasBrackets = brackets != default;
        bool suspicious = control != default;
        for (; at < filled; at++)
        {
            byte each = Unsafe.Add(ref bytes, at);
            HasWide |= each >= 0x80;
            HasReturns |= each == (byte)'\r';
            HasBrackets |= each == (byte)']';
            suspicious |= each < 0x20 && each is not ((byte)'\n' or (byte)'\r' or (byte)'\t');
        }

        return suspicious;
    }
}
