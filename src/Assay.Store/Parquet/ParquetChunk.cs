namespace Assay.Store;

/// <summary>What a file's footer tells of one column of a row group.</summary>
internal sealed class ParquetChunk
{
    /// <summary>The encodings that its pages use.</summary>
    public required int[] Encodings { get; init; }

    /// <summary>Where its dictionary begins; -1 when it has none.</summary>
    public long DictionaryOffset { get; init; } = -1;

    /// <summary>Where its first data page begins.</summary>
    public required long DataOffset { get; init; }

    /// <summary>The bytes of its pages before they were compressed, headers included.</summary>
    public required long PlainBytes { get; init; }

    /// <summary>The bytes of its pages.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many cells are missing.</summary>
    public required long Nulls { get; init; }

    /// <summary>The smallest and largest cell as Parquet holds it; null when they are not told.</summary>
    public (byte[] Least, byte[] Greatest)? Bounds { get; init; }
}
