using System.Text;
using Assay.Data;
using Assay.Refine.Decode;

namespace Assay.Refine.Tests.Decode;

public sealed class DecodeCacheTests
{
    [Theory]
    [InlineData(1, "ab")]
    [InlineData(2, "0123456789")]
    [InlineData(3, "\0a")]
    public void Find_WhenTextsOfAllLengthsAreKept_ThenAgreesWithADictionary(int seed, string alphabet)
    {
        var random = new Random(seed);
        var cache = new DecodeCache();
        var known = new Dictionary<string, Decoded>(StringComparer.Ordinal);
        for (int i = 0; i < 200_000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(41)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            byte[] raw = Encoding.UTF8.GetBytes(text);
            int slot = cache.Find(raw);
            Assert.Equal(known.TryGetValue(text, out Decoded expected), slot >= 0);
            if (slot >= 0)
            {
                Assert.Equal(expected, new Decoded(cache[slot].Value, cache[slot].IsNull, cache[slot].Fault));
                continue;
            }

            if (cache.IsFull)
            {
                Assert.Equal(DecodeCache.DefaultLimit, known.Count);
                cache.Clear();
                known.Clear();
            }

            Decoded decoded = (i % 3) switch { 0 => Decoded.Of(random.NextInt64()), 1 => Decoded.Null, _ => Decoded.Bad(FaultCode.NotADate) };
            cache.Add(raw, decoded);
            known.Add(text, decoded);
            Assert.Equal(known.Count, cache.Count);
        }

        foreach ((string text, Decoded expected) in known)
        {
            int slot = cache.Find(Encoding.UTF8.GetBytes(text));
            Assert.Equal(expected.Value, cache[slot].Value);
        }
    }

    [Fact]
    public void Find_WhenTextsDifferInOneByteOnly_ThenTheyAreToldApart()
    {
        for (int length = 1; length <= 40; length++)
        {
            var cache = new DecodeCache();
            for (int at = 0; at < length; at++)
            {
                byte[] raw = new byte[length];
                raw[at] = 1;
                Assert.True(cache.Find(raw) < 0);
                cache.Add(raw, Decoded.Of(at));
            }

            for (int at = 0; at < length; at++)
            {
                byte[] raw = new byte[length];
                raw[at] = 1;
                Assert.Equal(at, cache[cache.Find(raw)].Value);
            }
        }
    }

    [Fact]
    public void IsFull_WhenLongTextsAddUp_ThenIsReachedBeforeTheLimitOfTexts()
    {
        var cache = new DecodeCache(1000);
        byte[] raw = new byte[100_000];
        int added = 0;
        for (; !cache.IsFull; added++)
        {
            BitConverter.TryWriteBytes(raw, added);
            cache.Add(raw, Decoded.Of(added));
        }

        Assert.InRange(added, 1, 100);
        cache.Clear();
        Assert.False(cache.IsFull);
        Assert.True(cache.Find(raw) < 0);
    }

    [Fact]
    public void IsFull_WhenAsManyTextsAreKeptAsTheLimitAllows_ThenIsTrue()
    {
        var cache = new DecodeCache(3);
        Assert.False(cache.IsFull);
        cache.Add("a"u8, Decoded.Null);
        cache.Add("b"u8, Decoded.Null);
        Assert.False(cache.IsFull);
        cache.Add(""u8, Decoded.Null);
        Assert.True(cache.IsFull);
        Assert.True(cache.Find(""u8) >= 0);
        Assert.True(cache.Find("c"u8) < 0);
    }
}
