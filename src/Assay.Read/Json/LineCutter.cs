namespace Assay.Read;

/// <summary>Cuts after the last line end of a block: a JSON text has none inside its strings.</summary>
internal sealed class LineCutter(JsonInput input, JsonOptions options) : JsonCutter(input)
{
    private const byte Lf = (byte)'\n';

    private readonly int _blockSize = options.BlockSize;
    private readonly int _recordLimit = options.RecordLimit;
    private readonly int _kept = options.Kept;

    /// <inheritdoc/>
    public override bool Cut(JsonBlock block, CancellationToken cancellation)
    {
        int filled = Input.Begin(block, _blockSize);
        int want = Math.Max(_blockSize, filled);
        bool isStart = Input.Offset == 0;
        while (true)
        {
            Input.Fill(block, ref filled, want, cancellation);
            if (isStart && (filled >= 3 || Input.Ended))
            {
                isStart = false;
                int mark = MarkLength(block.Bytes.AsSpan(0, filled));
                block.Bytes.AsSpan(mark, filled - mark).CopyTo(block.Bytes);
                filled -= mark;
                Input.Use(mark, default);
                continue;
            }

            block.Offset = Input.Offset;
            if (filled == 0 && Input.Ended)
            {
                return false;
            }

            int end = Input.Ended ? filled : block.Bytes.AsSpan(0, filled).LastIndexOf(Lf) + 1;
            if (end > 0)
            {
                block.Length = end;
                Input.Use(end, block.Bytes.AsSpan(end, filled - end));
                return true;
            }

            // One more than the limit may be the CR before the line's end.
            if (filled > _recordLimit + 1)
            {
                block.End = JsonBlockEnd.LongLine;
                SkipLine(block, filled, cancellation);
                return true;
            }

            want = Math.Max(want, filled * 2);
        }
    }

    /// <summary>Passes over the rest of a line that is too long, reading behind its kept start.</summary>
    private void SkipLine(JsonBlock block, int filled, CancellationToken cancellation)
    {
        Input.Use(filled, default);
        block.Length = _kept;
        while (!Input.Ended)
        {
            int to = _kept;
            Input.Fill(block, ref to, _kept + _blockSize, cancellation);
            ReadOnlySpan<byte> read = block.Bytes.AsSpan(_kept, to - _kept);
            int lf = read.IndexOf(Lf);
            if (lf >= 0)
            {
                Input.Use(lf + 1, read[(lf + 1)..]);
                return;
            }

            Input.Use(read.Length, default);
        }
    }
}
