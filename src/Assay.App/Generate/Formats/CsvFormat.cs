using System.Text;

namespace Assay.App.Generate;

/// <summary>Comma-separated values (RFC 4180): a line of names, then a line a record.</summary>
/// <param name="delimiter">The byte between fields.</param>
/// <param name="lineEnd">What ends a line.</param>
internal sealed class CsvFormat(byte delimiter, byte[] lineEnd) : RecordFormat
{
    /// <inheritdoc/>
    public override string Extension => "csv";

    /// <inheritdoc/>
    public override bool IsSpecial(ReadOnlySpan<byte> text) => QuotedWriter.IsNeeded(text, delimiter);

    /// <inheritdoc/>
    public override FieldWriter Field(FieldWriter writer) => writer.Special ? new QuotedWriter(writer, delimiter) : writer;

    /// <inheritdoc/>
    public override RecordLayout Layout(IReadOnlyList<string> columns)
    {
        string line = string.Join((char)delimiter, columns.Select(Quoted));
        byte[][] before = [.. columns.Select((_, place) => place == 0 ? Array.Empty<byte>() : [delimiter])];
        return new RecordLayout([.. Encoding.UTF8.GetBytes(line), .. lineEnd], before, lineEnd, []);
    }

    private string Quoted(string name) => IsSpecial(Encoding.UTF8.GetBytes(name))
        ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : name;
}
