using System.IO.Compression;

namespace Assay.Read.Tests;

public sealed class GzipTests
{
    private static readonly byte[] Text = CsvReading.Bytes(
        "a,b\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"{i},value {i * 7919 % 1000}\n")));

    [Fact]
    public void Gzip_WhenWhole_ThenItIsReadAsPlainIs()
    {
        using var folder = new TemporaryFolder();
        byte[] compressed = Gzip.Compress(Text);
        using CsvSource source = CsvSource.Open(
            [folder.Write("1.csv.gz", compressed)], ["b", "a"], new CsvOptions { BlockSize = 64 }, "sales");
        using CsvSource plain = CsvReading.Open(Text, null, "b", "a");
        Assert.Equal(compressed.Length, source.TotalBytes);
        Assert.Equal(Records(plain), Records(source));
        Assert.Equal(compressed.Length, source.BytesRead);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(100_000)]
    public void Gzip_WhenOfSeveralMembers_ThenTheyAreOneText(int most)
    {
        byte[] compressed = [.. Gzip.Compress(Text[..700]), .. Gzip.Compress([]), .. Gzip.Compress(Text[700..])];
        using CsvSource source = CsvSource.Open(
            new SlowStream(compressed, most), "-", ["a", "b"], new CsvOptions { BlockSize = 100 }, "sales");
        using CsvSource plain = CsvReading.Open(Text, null, "a", "b");
        Assert.Equal(Records(plain), Records(source));
    }

    [Fact]
    public void Gzip_WhenEmpty_ThenTheFileIsEmpty()
    {
        var error = Assert.Throws<ReadException>(() => CsvReading.Open(Gzip.Compress([]), null, "a"));
        Assert.Equal(ReadErrorKind.Empty, error.Kind);
    }

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public void Gzip_WhenCutAnywhere_ThenItIsAnError(CompressionLevel level)
    {
        byte[] compressed = [.. Gzip.Compress(Text[..200]), .. Gzip.Compress(Text[200..], level)];
        int first = Gzip.Compress(Text[..200]).Length;
        for (int length = 2; length < compressed.Length; length++)
        {
            // Between two members there is nothing to see.
            if (length == first)
            {
                continue;
            }

            ReadException error = Fails(compressed[..length]);
            Assert.Equal(ReadErrorKind.Corrupt, error.Kind);
            Assert.Equal(length, error.Offset);
            Assert.False(error.IsConfiguration);
        }
    }

    [Fact]
    public void Gzip_WhenAByteIsWrong_ThenItIsAnError()
    {
        byte[] compressed = Gzip.Compress(Text);
        for (int at = 10; at < compressed.Length; at++)
        {
            byte[] damaged = [.. compressed];
            damaged[at] ^= 0x55;
            Assert.Equal(ReadErrorKind.Corrupt, Fails(damaged).Kind);
        }
    }

    [Fact]
    public void Gzip_WhenFollowedBySomethingElse_ThenItIsAnError()
    {
        byte[] compressed = [.. Gzip.Compress(Text), .. "more"u8];
        ReadException error = Fails(compressed);
        Assert.Equal(
            $"test.csv: the compressed data ends early, or is followed by something else (near byte {compressed.Length} of the file).",
            error.Message);
        Assert.Equal(compressed.Length, error.Offset);
    }

    private static ReadException Fails(byte[] compressed) => Assert.Throws<ReadException>(() =>
    {
        using CsvSource source = CsvReading.Open(compressed, new CsvOptions { Delimiter = (byte)',' }, "a", "b");
        CsvReading.All(source, 1, 100);
    });

    private static IEnumerable<string> Records(CsvSource source) =>
        CsvReading.All(source, 2, 3).Select(record => record.ToString());
}
