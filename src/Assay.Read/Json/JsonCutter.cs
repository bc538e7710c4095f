namespace Assay.Read;

/// <summary>The serial step for one file: cuts it into blocks of whole records.</summary>
internal abstract class JsonCutter(JsonInput input) : IDisposable
{
    /// <summary>The file.</summary>
    protected JsonInput Input { get; } = input;

    /// <summary>The bytes of the file that were read, as they are on disk.</summary>
    public long BytesRead => Input.BytesRead;

    /// <summary>Cuts the next block.</summary>
    /// <param name="block">Filled with it; it is cleared.</param>
    /// <param name="cancellation">Looked at between two reads.</param>
    /// <returns>False when there are no more; the block then tells of the file's end.</returns>
    /// <exception cref="ReadException">The file cannot be read on.</exception>
    public abstract bool Cut(JsonBlock block, CancellationToken cancellation);

    /// <inheritdoc/>
    public void Dispose() => Input.Dispose();

    /// <summary>How long a byte order mark at the file's start is.</summary>
    /// <param name="start">The first bytes of the file.</param>
    /// <returns>3 or 0.</returns>
    protected static int MarkLength(ReadOnlySpan<byte> start) => start.StartsWith("\uFEFF"u8) ? 3 : 0;
}
