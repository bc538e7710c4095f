namespace Assay.Read;

/// <summary>The line and the column of the next byte of a text. Lines end at LF; a column counts characters.</summary>
internal sealed class XmlPlace
{
    /// <summary>The line, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The column, from 1.</summary>
    public long Column { get; private set; } = 1;

    /// <summary>Goes back to the first byte.</summary>
    public void Reset() => (Line, Column) = (1, 1);

    /// <summary>Goes past bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Advance(ReadOnlySpan<byte> bytes)
    {
        int lines = bytes.Count((byte)'\n');
        if (lines > 0)
        {
            Line += lines;
            Column = 1;
            bytes = bytes[(bytes.LastIndexOf((byte)'\n') + 1)..];
        }

        foreach (byte each in bytes)
        {
            Column += (each & 0xC0) == 0x80 ? 0 : 1;
        }
    }
}
