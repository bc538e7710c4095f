using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Data;

/// <summary>Sixteen bytes that stand for a text: what tells many texts apart without holding on to them.</summary>
/// <remarks>Half of a SHA-256: nobody can make two texts that have the same one.</remarks>
public static class TextDigest
{
    private const int Digits = 32;
    private const int MostOnStack = 512;

    /// <summary>The digest of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The first half of the SHA-256 of its UTF-8.</returns>
    public static UInt128 Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = most > MostOnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        try
        {
            Span<byte> bytes = rented ?? stackalloc byte[MostOnStack];
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], hash);
            return BinaryPrimitives.ReadUInt128BigEndian(hash);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>The digest of what has a SHA-256 already.</summary>
    /// <param name="sha256">It, in hexadecimal.</param>
    /// <returns>Its first half.</returns>
    public static UInt128 OfHex(string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        return UInt128.Parse(sha256.AsSpan(0, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
