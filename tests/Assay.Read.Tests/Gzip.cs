using System.IO.Compression;

namespace Assay.Read.Tests;

internal static class Gzip
{
    public static byte[] Compress(byte[] bytes, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, level))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }
}
