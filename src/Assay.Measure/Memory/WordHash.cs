using System.Runtime.CompilerServices;

namespace Assay.Measure.Memory;

/// <summary>Hashes 64-bit words for tables that live within one process.</summary>
internal static class WordHash
{
    private const ulong Seed = 0x9E3779B97F4A7C15UL;
    private const ulong Factor = 0xa0761d6478bd642fUL;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ulong word) => Of(word, Seed);

    /// <summary>Hashes a word and what was hashed before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ulong word, ulong before)
    {
        ulong high = Math.BigMul(before ^ word, Factor, out ulong low);
        ulong hash = high ^ low;
        return (uint)(hash ^ (hash >> 32));
    }
}
