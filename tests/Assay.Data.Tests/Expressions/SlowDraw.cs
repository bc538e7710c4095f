using System.Numerics;
using System.Text;

namespace Assay.Data.Tests;

/// <summary>What <c>weighted_choice</c> draws, as plainly as it can be said.</summary>
internal static class SlowDraw
{
    /// <summary>The value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">All arguments: the name of the draw, the seed, the key again, then values and weights in turn.</param>
    public static string Of(string key, object[] values)
    {
        BigInteger word = BigInteger.One << 64;
        BigInteger gamma = 0x9e3779b97f4a7c15;
        BigInteger seed = (((BigInteger)values[1] % word) + word) % word;
        BigInteger stream = Mix(Mix((seed + gamma) % word) ^ Mix(Fnv((string)values[0])));
        BigInteger state = Mix(Mix((stream + gamma) % word) ^ Mix(Fnv(key)));
        var choices = values.Skip(3).Chunk(2).Select(pair => (Value: (string)pair[0], Weight: (BigInteger)pair[1])).ToList();
        BigInteger total = choices.Aggregate(BigInteger.Zero, (sum, one) => sum + one.Weight);
        for (int element = 1; ; element++)
        {
            BigInteger product = Mix((state + (element * gamma)) % word) * total;
            if (product % word < word % total)
            {
                continue;
            }

            BigInteger drawn = product / word;
            foreach ((string value, BigInteger weight) in choices)
            {
                if (drawn < weight)
                {
                    return value;
                }

                drawn -= weight;
            }
        }

        BigInteger Fnv(string text) =>
            Encoding.UTF8.GetBytes(text).Aggregate((BigInteger)0xcbf29ce484222325, (hash, b) => (hash ^ b) * 0x100000001b3 % word);

        BigInteger Mix(BigInteger z)
        {
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9 % word;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb % word;
            return z ^ (z >> 31);
        }
    }
}
