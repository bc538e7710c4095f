namespace Assay.Read;

/// <summary>The text of a CSV file: finds out its encoding by its first bytes.</summary>
internal static class CsvText
{
    /// <summary>Starts reading a file.</summary>
    /// <param name="bytes">Its bytes; disposed with the text, or here when it cannot be read.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="file">The file's name.</param>
    /// <param name="declared">What the pipeline says that it is encoded in.</param>
    /// <returns>The text. A byte order mark of UTF-8 is part of it, others are not.</returns>
    /// <exception cref="ReadException">It cannot be read, or is no text that is read.</exception>
    public static TextInput Open(ByteInput bytes, string source, string file, CsvEncoding declared)
    {
        try
        {
            byte[] head = new byte[4];
            int filled = 0;
            for (int read = 1; read > 0 && filled < head.Length; filled += read)
            {
                read = bytes.Read(head.AsSpan(filled));
            }

            TextEncoding encoding = Find(head.AsSpan(0, filled), source, file, declared);
            bytes.PutBack(head.AsMemory(encoding.Mark, filled - encoding.Mark));
            return new TextInput(bytes, encoding);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private static TextEncoding Find(ReadOnlySpan<byte> head, string source, string file, CsvEncoding declared) => head switch
    {
        [(byte)'P', (byte)'K', 3, 4] => throw new ReadException(
            ReadErrorKind.BadHeader,
            source,
            file,
            $"{file} is a zip archive, as an .xlsx workbook is, too: unpack it, or export the sheet as CSV."),
        [0xFF, 0xFE, 0, 0] or [0, 0, 0xFE, 0xFF] => throw new ReadException(
            ReadErrorKind.UnsupportedEncoding,
            source,
            file,
            $"{file}: the encoding UTF-32 is not read; save the file as UTF-8."),
        [0xFF, 0xFE, ..] => new TextEncoding(TextEncodingKind.LittleEndian, 2, null),
        [0xFE, 0xFF, ..] => new TextEncoding(TextEncodingKind.BigEndian, 2, null),
        [0xEF, 0xBB, 0xBF, ..] => TextEncoding.Utf8,
        _ => declared switch
        {
            CsvEncoding.Utf16 => new TextEncoding(head is [0, not 0, ..] ? TextEncodingKind.BigEndian : TextEncodingKind.LittleEndian, 0, null),
            CsvEncoding.Latin1 => TextEncoding.Latin1(),
            CsvEncoding.Windows1252 => TextEncoding.Windows1252(),
            _ => TextEncoding.Utf8,
        },
    };
}
