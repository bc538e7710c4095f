using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.App.Generate;

/// <summary>JSON lines: an object a line. Numbers stand as numbers, everything else as text; a point in a
/// column's name leads into an object.</summary>
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
        var before = new List<byte[]>();
        string[] open = [];
        for (int place = 0; place < columns.Count; place++)
        {
            string[] path = columns[place].Split('.');
            int common = Common(open, path);
            string text = place == 0 ? "{" : new string('}', open.Length - common) + ",";
            text += string.Concat(path[common..^1].Select(name => $"{Quoted(name)}:{{"));
            before.Add(Encoding.UTF8.GetBytes($"{text}{Quoted(path[^1])}:"));
            open = path[..^1];
        }

        return new RecordLayout([], [.. before], [.. Enumerable.Repeat((byte)'}', open.Length + 1), .. lineEnd], []);
    }

    /// <inheritdoc/>
    public override string? LayoutObjection(IReadOnlyList<string> columns)
    {
        var closed = new HashSet<string>(StringComparer.Ordinal);
        string[] open = [];
        foreach (string column in columns)
        {
            string[] path = column.Split('.');
            if (path.Contains(""))
            {
                return $"`{column}` has a point at an end, or two in a row; a point leads into an object, as in `address.city`";
            }

            int common = Common(open, path);
            closed.UnionWith(Enumerable.Range(common + 1, open.Length - common).Select(length => string.Join('.', open[..length])));
            open = path[..^1];
            if (Enumerable.Range(1, path.Length).Select(length => string.Join('.', path[..length])).FirstOrDefault(closed.Contains) is { } again)
            {
                return $"`{column}` comes back to `{again}`; the columns of an object stand together, and its name is no column's";
            }

            closed.Add(column);
        }

        return null;
    }

    private static int Common(string[] open, string[] path)
    {
        int common = 0;
        while (common < open.Length && common < path.Length - 1 && open[common] == path[common])
        {
            common++;
        }

        return common;
    }

    private static string Quoted(string name) => $"\"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
