using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Assay.Refine.Dates;

/// <summary>English month abbreviations, in any case.</summary>
internal static class MonthNames
{
    private const uint Multiplier = 0xcd613e31;
    private static readonly string[] Names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly int[] Keys = new int[64];
    private static readonly byte[] Months = new byte[64];

    static MonthNames()
    {
        for (int i = 0; i < Names.Length; i++)
        {
            int key = (Names[i][0] << 16) | (Names[i][1] << 8) | Names[i][2];
            Keys[Place(key)] = key;
            Months[Place(key)] = (byte)(i + 1);
        }
    }

    /// <summary>Reads the first three bytes of a text.</summary>
    /// <returns>Whether they are a month's abbreviation.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out int month)
    {
        month = text.Length < 3 ? 0 : Read(ref MemoryMarshal.GetReference(text));
        return month != 0;
    }

    /// <summary>Reads three bytes.</summary>
    /// <returns>The month, 1 to 12, or 0 when they are no month's abbreviation.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ref byte text)
    {
        int first = text;
        int second = Unsafe.Add(ref text, 1);
        int third = Unsafe.Add(ref text, 2);

        // Bit 5 makes an ASCII letter lower-case; a byte that is no letter must have bit 6, as letters do.
        int key = ((first | 32) << 16) | ((second | 32) << 8) | third | 32;
        int place = Place(key);
        return Keys[place] == key && (first & second & third & 64) != 0 ? Months[place] : 0;
    }

    /// <summary>A place of its own for each of the twelve: the multiplier was found by trying.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Place(int key) => (int)(((uint)key * Multiplier) >> 26);
}
