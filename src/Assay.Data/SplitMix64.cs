using System.Runtime.CompilerServices;

namespace Assay.Data;

/// <summary>Random numbers that are a pure function of what they are drawn for, so that they can be drawn in any order and
/// on any number of threads, and one more draw changes no other.</summary>
/// <remarks>
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): element n of the
/// sequence that starts at a state is <c>Mix(state + (n + 1) × Gamma)</c>. The mixing constants are Stafford's variant 13.
/// Names become numbers by FNV-1a of 64 bits over their UTF-8.
/// </remarks>
public static class SplitMix64
{
    private const ulong Gamma = 0x9e3779b97f4a7c15UL;
    private const ulong FnvOffset = 0xcbf29ce484222325UL;
    private const ulong FnvPrime = 0x100000001b3UL;

    /// <summary>The number that stands for a name.</summary>
    /// <param name="name">The name in UTF-8.</param>
    /// <returns>FNV-1a of its bytes.</returns>
    public static ulong Number(ReadOnlySpan<byte> name)
    {
        ulong hash = FnvOffset;
        foreach (byte b in name)
        {
            hash = (hash ^ b) * FnvPrime;
        }

        return hash;
    }

    /// <summary>The state that a stream of draws starts at.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The number of the stream.</param>
    /// <returns><c>Mix(Mix(seed + Gamma) ^ Mix(stream))</c>.</returns>
    public static ulong State(ulong seed, ulong stream) => Mix(Mix(seed + Gamma) ^ Mix(stream));

    /// <summary>An element of the sequence that starts at a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="index">Its place, from 0.</param>
    /// <returns>64 uniform bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Element(ulong state, long index) => Mix(state + (((ulong)index + 1) * Gamma));

    /// <summary>A whole number below a count, each equally likely, of the sequence that starts at a state.</summary>
    /// <remarks>Multiply and keep the high half; elements whose low half falls short are passed over, so that no number has
    /// one element more than another (Lemire, "Fast random integer generation in an interval", 2019).</remarks>
    /// <param name="state">The state.</param>
    /// <param name="count">The count, at least 1.</param>
    /// <returns>From 0 to <paramref name="count"/> − 1.</returns>
    public static ulong Below(ulong state, ulong count)
    {
        ulong least = unchecked(0 - count) % count;
        for (long index = 0; ; index++)
        {
            ulong high = Math.BigMul(Element(state, index), count, out ulong low);
            if (low >= least)
            {
                return high;
            }
        }
    }

    /// <summary>Spreads 64 bits over 64 bits; a permutation.</summary>
    /// <param name="z">The bits.</param>
    /// <returns>The spread bits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
        return z ^ (z >> 31);
    }
}
