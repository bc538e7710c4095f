using System.Runtime.CompilerServices;
using System.Text;
using Assay.Data;

namespace Assay.App.Generate;

/// <summary>
/// Random numbers by counter: a draw is a pure function of the seed, the stream and the row, so rows can be made
/// in any order and on any number of threads.
/// </summary>
/// <remarks>Each stream is a sequence of <see cref="SplitMix64"/>, of which any element can be reached without the ones
/// before it. It starts at a state mixed from the seed and the stream's name.</remarks>
internal static class RandomStream
{
    /// <summary>The number of a stream, from its name alone, so that moving columns about changes no value.</summary>
    public static ulong Number(string name) => SplitMix64.Number(Encoding.UTF8.GetBytes(name));

    /// <summary>Where a stream starts for a seed.</summary>
    public static ulong Key(ulong seed, ulong stream) => SplitMix64.State(seed, stream);

    /// <summary>The draw of a row: 64 uniform bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Draw(ulong key, long row) => SplitMix64.Element(key, row);

    /// <summary>Turns 64 uniform bits into a whole number from 0 to below a count.</summary>
    /// <remarks>Multiply and keep the high half (Lemire, "Fast random integer generation in an interval", 2019),
    /// without the rejection step: the bias is at most count / 2^64, and every row costs one draw.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Below(ulong draw, ulong count) => Math.BigMul(draw, count, out _);
}
