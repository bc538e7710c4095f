namespace Assay.Read.Tests;

public sealed class SeparatorIndexTests
{
    public static TheoryData<int> Widths => [.. Enumerable.Range(0, (int)VectorWidths.Best + 1)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Plain_WhenBytesAreRandom_ThenAllSeparatorsAreFound(int width)
    {
        var random = new Random(7);
        byte[] alphabet = [(byte)',', (byte)'\n', (byte)'x', 0, (byte)',' ^ 0x80, 0x8A, 0xFF, (byte)'-', 0x0B, 0x2D];
        BlockIndexer indexer = BlockIndexer.For((VectorWidth)width);
        for (int round = 0; round < 2000; round++)
        {
            int length = random.Next(1, 400);
            int letters = random.Next(2, alphabet.Length + 1);
            byte[] bytes = [.. Enumerable.Range(0, length + 64).Select(_ => alphabet[random.Next(letters)])];
            var ends = new PositionList(1);
            var rowEnds = new PositionList(1);
            bool ascii = indexer.Plain(bytes, length, (byte)',', ends, rowEnds);
            int[] expected = [.. Enumerable.Range(0, length).Where(i => bytes[i] is (byte)',' or (byte)'\n')];
            Assert.Equal(expected, ends.Items[..ends.Count]);
            Assert.Equal(
                Enumerable.Range(0, expected.Length).Where(i => bytes[expected[i]] == '\n'), rowEnds.Items[..rowEnds.Count]);
            Assert.Equal(bytes[..length].All(b => b < 0x80), ascii);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Plain_WhenOfSeparatorsOnly_ThenTheListsGrow(int width)
    {
        byte[] bytes = new byte[100_000 + 64];
        bytes.AsSpan().Fill((byte)'\n');
        var ends = new PositionList(1);
        var rowEnds = new PositionList(1);
        Assert.True(BlockIndexer.For((VectorWidth)width).Plain(bytes, 100_000, (byte)',', ends, rowEnds));
        Assert.Equal(Enumerable.Range(0, 100_000), ends.Items[..ends.Count]);
        Assert.Equal(Enumerable.Range(0, 100_000), rowEnds.Items[..rowEnds.Count]);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void LastRecordEnd_WhenQuotesAreOpen_ThenItIsBeforeThem(int width)
    {
        BlockIndexer indexer = BlockIndexer.For((VectorWidth)width);
        Assert.Equal(4, Last(indexer, "1,x\n2,\"y\nz\n"));
        Assert.Equal(0, Last(indexer, "1,\"x\n"));
        Assert.Equal(8, Last(indexer, "1,\"\n\"\"\"\n"));
        Assert.Equal(7, Last(indexer, "1\",x\"y\nz"));
        Assert.Equal(-1, Last(indexer, "1,\"x\"y\n"));
        Assert.Equal(-1, Last(indexer, "1,2345678901\n3\n"));
        Assert.Equal(74, Last(indexer, string.Concat(Enumerable.Repeat("1,\"\n\",2\n", 9)) + "3\n\"\n"));
    }

    private static int Last(BlockIndexer indexer, string text)
    {
        byte[] bytes = [.. CsvReading.Bytes(text), .. new byte[64]];
        return indexer.LastRecordEnd(bytes, text.Length, (byte)',', 10);
    }
}
