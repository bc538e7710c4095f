using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.App.Generate;

/// <summary>JSON lines: an object a line. Numbers stand as numbers, everything else as text.</summary>
/// <param name="lineEnd">What ends a line.</param>
internal sealed class JsonLinesFormat(byte[] lineEnd) : RecordFormat
{
    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, ' ').Select(b => (byte)b)]);

    /// <inheritdoc/>
    public override string Extension => "jsonl";

    /// <inheritdoc/>
    public override bool IsSpecial(ReadOnlySpan<byte> text) => text.ContainsAny(Escaped);

    /// <inheritdoc/>
    public override FieldWriter Field(FieldWriter writer)
    {
        if (writer.IsNumber)
        {
            return writer;
        }

        FieldWriter text = writer.Special
            ? new EscapedWriter(writer, Escaped, b => b is (byte)'"' or (byte)'\\' ? [(byte)'\\', b] : Encoding.ASCII.GetBytes($"\\u{(int)b:x4}"))
            : writer;
        FieldWriter quote = new ConstantWriter("\""u8.ToArray(), special: false);
        return new TemplateWriter([quote, text, quote]);
    }

    /// <inheritdoc/>
    public override RecordLayout Layout(IReadOnlyList<string> columns)
    {
        IEnumerable<string> before = columns.Select((column, place) =>
            $"{(place == 0 ? '{' : ',')}\"{JsonEncodedText.Encode(column, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\":");
        return new RecordLayout([], [.. before.Select(Encoding.UTF8.GetBytes)], [(byte)'}', .. lineEnd], []);
    }
}
