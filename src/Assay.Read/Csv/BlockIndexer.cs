namespace Assay.Read;

/// <summary>The vector loops at one width, chosen once.</summary>
internal abstract class BlockIndexer
{
    /// <summary>The loops at a width.</summary>
    /// <param name="width">The width, or null for the widest that is fast on this machine.</param>
    /// <returns>The loops.</returns>
    public static BlockIndexer For(VectorWidth? width) => (width ?? VectorWidths.Best) switch
    {
        VectorWidth.Bits512 => new Sized<ByteChunk512>(),
        VectorWidth.Bits256 => new Sized<ByteChunk256>(),
        VectorWidth.Bits128 => new Sized<ByteChunk128>(),
        _ => new Sized<ByteChunkScalar>(),
    };

    /// <inheritdoc cref="SeparatorIndex.Plain"/>
    public abstract bool Plain(byte[] bytes, int length, byte delimiter, PositionList ends, PositionList rowEnds);

    /// <inheritdoc cref="SeparatorIndex.Quoted"/>
    public abstract bool Quoted(
        byte[] bytes,
        int length,
        byte delimiter,
        PositionList ends,
        PositionList rowEnds,
        PositionList pairs,
        out bool ascii);

    /// <inheritdoc cref="SeparatorIndex.LastRecordEnd"/>
    public abstract int LastRecordEnd(byte[] bytes, int length, byte delimiter, int safeLength);

    private sealed class Sized<TChunk> : BlockIndexer
        where TChunk : struct, IByteChunk<TChunk>
    {
        public override bool Plain(
            byte[] bytes, int length, byte delimiter, PositionList ends, PositionList rowEnds) =>
            SeparatorIndex.Plain<TChunk>(bytes, length, delimiter, ends, rowEnds);

        public override bool Quoted(
            byte[] bytes,
            int length,
            byte delimiter,
            PositionList ends,
            PositionList rowEnds,
            PositionList pairs,
            out bool ascii) =>
            SeparatorIndex.Quoted<TChunk>(bytes, length, delimiter, ends, rowEnds, pairs, out ascii);

        public override int LastRecordEnd(byte[] bytes, int length, byte delimiter, int safeLength) =>
            SeparatorIndex.LastRecordEnd<TChunk>(bytes, length, delimiter, safeLength);
    }
}
