using System.Text;

namespace Assay.App.Pipelines;

/// <summary>
/// Tells texts apart: 128-bit FNV-1a (draft-eastlake-fnv). It is no defence against somebody who wants two
/// texts to look alike; a cryptographic hash would be, and loading one costs a small run a tenth of its time and memory.
/// </summary>
internal static class Fingerprint
{
    private static readonly UInt128 Offset = new(0x6c62272e07bb0142, 0x62b821756295c58d);
    private static readonly UInt128 Prime = new(0x0000000001000000, 0x000000000000013B);

    /// <summary>The fingerprint of a text.</summary>
    /// <returns>32 lower-case hexadecimal digits.</returns>
    public static string Of(string text)
    {
        UInt128 hash = Offset;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ b) * Prime;
        }

        return hash.ToString("x32", null);
    }
}
