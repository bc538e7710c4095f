namespace Assay.Read;

/// <summary>A file's bytes on their way into blocks: what a block could not use is carried over to the next.</summary>
internal sealed class JsonInput(ByteInput input) : IDisposable
{
    private readonly ByteInput _input = input;
    private byte[] _carry = [];
    private int _carried;

    /// <summary>Whether the file has no more bytes than were taken.</summary>
    public bool Ended { get; private set; }

    /// <summary>Where the next byte to be used stands in the uncompressed file.</summary>
    public long Offset { get; private set; }

    /// <summary>The bytes of the file that were read, as they are on disk.</summary>
    public long BytesRead => _input.BytesRead;

    /// <summary>Starts a block with what was carried over.</summary>
    /// <param name="block">The block.</param>
    /// <param name="usual">How many bytes a block should have.</param>
    /// <returns>How many bytes it has.</returns>
    public int Begin(JsonBlock block, int usual)
    {
        block.Reserve(Math.Max(usual, _carried), 0);
        _carry.AsSpan(0, _carried).CopyTo(block.Bytes);
        return _carried;
    }

    /// <summary>Reads until a block has as many bytes as it should, or the file ends.</summary>
    /// <param name="block">The block.</param>
    /// <param name="filled">How many it has; updated.</param>
    /// <param name="want">How many it should have.</param>
    /// <param name="cancellation">Looked at between two reads.</param>
    public void Fill(JsonBlock block, ref int filled, int want, CancellationToken cancellation)
    {
        block.Reserve(want, filled);
        while (!Ended && filled < want)
        {
            cancellation.ThrowIfCancellationRequested();
            int read = _input.Read(block.Bytes.AsSpan(filled, want - filled));
            filled += read;
            Ended = read == 0;
        }
    }

    /// <summary>Says how many bytes were used, and carries the rest over.</summary>
    /// <param name="used">The bytes used.</param>
    /// <param name="rest">The bytes that follow them.</param>
    public void Use(int used, ReadOnlySpan<byte> rest)
    {
        Offset += used;
        if (rest.Length > _carry.Length || _carry.Length > 4 * Math.Max(rest.Length, 64 * 1024))
        {
            _carry = GC.AllocateUninitializedArray<byte>(Math.Max(rest.Length, 4096));
        }

        rest.CopyTo(_carry);
        _carried = rest.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => _input.Dispose();
}
