using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Assay.Read;

/// <summary>
/// Which bytes stand between quotes, carried from one chunk of 64 bytes to the next, by counting quotes: right as
/// long as each quote opens a field, closes one, or is one of a pair; a quote elsewhere is left out of the count.
/// What comes after a closing quote is checked on the way.
/// </summary>
/// <remarks>A pair inside a field counts as a close and an opening, which comes to the same.</remarks>
internal struct QuoteState
{
    private ulong _inside;
    private ulong _mayOpen;
    private ulong _afterClose;
    private ulong _afterCr;
    private ulong _bad;

    /// <summary>The state at the start of a record.</summary>
    public static QuoteState AtRecord => new() { _mayOpen = 1 };

    /// <summary>Whether a field goes on after its closing quote: then nothing that was found can be trusted.</summary>
    public readonly bool IsBad => _bad != 0;

    /// <summary>Whether the last byte stands between quotes, the opening one included.</summary>
    public readonly bool IsInside => _inside != 0;

    /// <summary>Takes the next chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="valid">Its bytes that count.</param>
    /// <param name="delimiter">The byte between fields.</param>
    /// <param name="lf">The line ends outside of quotes.</param>
    /// <param name="pairs">The second quotes of doubled ones.</param>
    /// <returns>The delimiters and line ends outside of quotes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Step<TChunk>(TChunk chunk, ulong valid, byte delimiter, out ulong lf, out ulong pairs)
        where TChunk : struct, IByteChunk<TChunk>
    {
        ulong quotes = chunk.Equal((byte)'"') & valid;
        ulong lines = chunk.Equal((byte)'\n') & valid;
        ulong separators = (chunk.Equal(delimiter) & valid) | lines;

        // A bit is set from an opening quote up to the byte before the closing one.
        ulong inside = PrefixXor(quotes) ^ _inside;
        ulong mayOpen = (separators & ~inside) | (quotes & ~inside);
        ulong stray = quotes & inside & ~((mayOpen << 1) | _mayOpen);
        while (stray != 0)
        {
            // All before the first such quote is right, so it is plain text for certain; the others may not be.
            quotes &= ~(stray & (0 - stray));
            inside = PrefixXor(quotes) ^ _inside;
            mayOpen = (separators & ~inside) | (quotes & ~inside);
            stray = quotes & inside & ~((mayOpen << 1) | _mayOpen);
        }

        ulong closes = quotes & ~inside;
        ulong afterClose = (closes << 1) | _afterClose;
        ulong cr = afterClose & ~separators & ~quotes & chunk.Equal((byte)'\r');
        ulong afterCr = (cr << 1) | _afterCr;
        _bad |= ((afterClose & ~(separators | quotes | cr)) | (afterCr & ~lines)) & valid;
        pairs = afterClose & quotes;
        _inside = (ulong)((long)inside >> 63);
        _mayOpen = mayOpen >> 63;
        _afterClose = closes >> 63;
        _afterCr = cr >> 63;
        lf = lines & ~inside;
        return separators & ~inside;
    }

    /// <summary>For each bit whether there is an odd number of ones up to it.</summary>
    /// <param name="bits">The bits.</param>
    /// <returns>A one for each odd number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
        {
            return Pclmulqdq.CarrylessMultiply(
                Vector128.CreateScalar(bits), Vector128<byte>.AllBitsSet.AsUInt64(), 0).ToScalar();
        }

        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }
}
