using System.Text;

namespace Assay.Data.Tests;

public sealed class ByteHashTests
{
    [Fact]
    public void Of_WhenTheSameBytes_ThenTheSameWhereverTheyLie()
    {
        var random = new Random(6);
        for (int length = 0; length < 100; length++)
        {
            byte[] bytes = new byte[length + 9];
            random.NextBytes(bytes);
            byte[] copy = [1, 2, 3, .. bytes.AsSpan(9), 77];
            Assert.Equal(ByteHash.Of(bytes.AsSpan(9)), ByteHash.Of(copy.AsSpan(3, length)));
        }
    }

    [Fact]
    public void Of_WhenOneByteChanges_ThenTheHashDoes()
    {
        for (int length = 1; length < 70; length++)
        {
            byte[] bytes = Encoding.ASCII.GetBytes(new string('a', length));
            uint hash = ByteHash.Of(bytes);
            for (int i = 0; i < length; i++)
            {
                bytes[i] ^= 1;
                Assert.NotEqual(hash, ByteHash.Of(bytes));
                bytes[i] ^= 1;
            }

            Assert.NotEqual(hash, ByteHash.Of(bytes.AsSpan(1)));
        }
    }

    [Theory]
    [InlineData("ORD-{0:D7}")]
    [InlineData("{0}")]
    [InlineData("customer{0}@example.com")]
    public void Of_WhenTextsCountUp_ThenTheLowBitsSpread(string format)
    {
        int[] buckets = new int[1024];
        for (int i = 0; i < 102_400; i++)
        {
            buckets[ByteHash.Of(Encoding.ASCII.GetBytes(string.Format(format, i))) & 1023]++;
        }

        // A fair spread puts 100 in each, give or take 10; six times that is out of reach of chance.
        Assert.InRange(buckets.Max(), 100, 160);
        Assert.InRange(buckets.Min(), 40, 100);
    }
}
