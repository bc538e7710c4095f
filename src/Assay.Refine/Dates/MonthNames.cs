using System.Runtime.CompilerServices;

namespace Assay.Refine.Dates;

/// <summary>English month abbreviations, in any case.</summary>
internal static class MonthNames
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> text, out int month)
    {
        month = 0;
        if (text.Length < 3)
        {
            return false;
        }

        // Bit 5 makes an ASCII letter lower-case; no other byte becomes one of these triples by it.
        int key = ((text[0] | 32) << 16) | ((text[1] | 32) << 8) | (text[2] | 32);
        month = key switch
        {
            ('j' << 16) | ('a' << 8) | 'n' => 1,
            ('f' << 16) | ('e' << 8) | 'b' => 2,
            ('m' << 16) | ('a' << 8) | 'r' => 3,
            ('a' << 16) | ('p' << 8) | 'r' => 4,
            ('m' << 16) | ('a' << 8) | 'y' => 5,
            ('j' << 16) | ('u' << 8) | 'n' => 6,
            ('j' << 16) | ('u' << 8) | 'l' => 7,
            ('a' << 16) | ('u' << 8) | 'g' => 8,
            ('s' << 16) | ('e' << 8) | 'p' => 9,
            ('o' << 16) | ('c' << 8) | 't' => 10,
            ('n' << 16) | ('o' << 8) | 'v' => 11,
            ('d' << 16) | ('e' << 8) | 'c' => 12,
            _ => 0,
        };
        return month != 0 && text[0] >= 'A' && text[1] >= 'A' && text[2] >= 'A';
    }
}
