namespace Assay.Store;

/// <summary>Parquet's RLE encoding of small numbers: runs of eight and more as one, the others packed bit by bit in groups of eight.</summary>
internal static class RunLengths
{
    private const int Group = 8;

    /// <summary>Encodes numbers of a given number of bits, 1 to 16.</summary>
    public static void Encode(ReadOnlySpan<int> values, int width, ByteBuffer into)
    {
        int at = 0;
        while (at < values.Length)
        {
            int run = Run(values[at..]);
            if (run >= Group)
            {
                into.AddVarint((ulong)run << 1);
                for (int shift = 0; shift < width; shift += 8)
                {
                    into.Add((byte)(values[at] >> shift));
                }

                at += run;
                continue;
            }

            int end = at;
            while (end < values.Length && !((end - at) % Group == 0 && (run = Run(values[end..])) >= Group))
            {
                end = Math.Min(end + Group, values.Length);
            }

            Pack(values[at..end], width, into);
            at = end;
        }
    }

    private static int Run(ReadOnlySpan<int> values)
    {
        int end = values[1..].IndexOfAnyExcept(values[0]);
        return end < 0 ? values.Length : end + 1;
    }

    private static void Pack(ReadOnlySpan<int> values, int width, ByteBuffer into)
    {
        int groups = (values.Length + Group - 1) / Group;
        into.AddVarint(((ulong)groups << 1) | 1);
        for (int group = 0; group < groups; group++)
        {
            UInt128 bits = 0;
            ReadOnlySpan<int> some = values[(group * Group)..Math.Min((group + 1) * Group, values.Length)];
            for (int i = 0; i < some.Length; i++)
            {
                bits |= (UInt128)(uint)some[i] << (i * width);
            }

            for (int i = 0; i < width; i++)
            {
                into.Add((byte)(bits >> (i * 8)));
            }
        }
    }
}
