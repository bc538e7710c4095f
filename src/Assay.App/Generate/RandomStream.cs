using System.Runtime.CompilerServices;
using System.Text;

namespace Assay.App.Generate;

/// <summary>
/// Random numbers by counter: a draw is a pure function of the seed, the stream and the row, so rows can be made
/// in any order and on any number of threads.
/// </summary>
/// <remarks>
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): element n
/// of its sequence is <c>Mix(key + n × Gamma)</c>, which can be reached without the ones before it. The mixing
/// constants are Stafford's variant 13. A stream starts at a key mixed from the seed and the stream's name.
/// </remarks>
internal static class RandomStream
{
    private const ulong Gamma = 0x9e3779b97f4a7c15UL;
    private const ulong FnvOffset = 0xcbf29ce484222325UL;
    private const ulong FnvPrime = 0x100000001b3UL;

    /// <summary>The number of a stream, from its name alone, so that moving columns about changes no value.</summary>
    public static ulong Number(string name)
    {
        ulong hash = FnvOffset;
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ b) * FnvPrime;
        }

        return hash;
    }

    /// <summary>Where a stream starts for a seed.</summary>
    public static ulong Key(ulong seed, ulong stream) => Mix(Mix(seed + Gamma) ^ Mix(stream));

    /// <summary>The draw of a row: 64 uniform bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Draw(ulong key, long row) => Mix(key + (((ulong)row + 1) * Gamma));

    /// <summary>Turns 64 uniform bits into a whole number from 0 to below a count.</summary>
    /// <remarks>Multiply and keep the high half (Lemire, "Fast random integer generation in an interval", 2019),
    /// without the rejection step: the bias is at most count / 2^64, and every row costs one draw.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Below(ulong draw, ulong count) => Math.BigMul(draw, count, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
        return z ^ (z >> 31);
    }
}
