using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Store;

/// <summary>A body as gzip (RFC 1952): equal bodies give equal bytes, unless they are told apart on purpose.</summary>
internal static class GzipBody
{
    private const int HeaderRest = 4;
    private const byte NoSystem = 255;

    /// <summary>Compresses a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="mark">What tells it from an equal one: the text of an empty member at the end, which unpacks to nothing; null for none.</param>
    /// <returns>The compressed bytes.</returns>
    public static byte[] Of(ReadOnlySpan<byte> body, string? mark)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(body);
        }

        // Time, flags and system: what the library writes there depends on where it runs.
        byte[] bytes = output.GetBuffer();
        bytes.AsSpan(HeaderRest, 5).Clear();
        bytes[HeaderRest + 5] = NoSystem;
        if (mark is not null)
        {
            // An empty member: a header with a comment, an empty deflate stream, its checksum and its size.
            output.Write([0x1f, 0x8b, 8, 0x10, 0, 0, 0, 0, 0, NoSystem]);
            output.Write(Encoding.ASCII.GetBytes(mark));
            output.Write([0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        }

        return output.ToArray();
    }

    /// <summary>A mark that no other address has, and the address has once.</summary>
    public static string Mark(string address, int number) => $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)))[..16]}-{number}";
}
