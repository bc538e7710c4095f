using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Assay.Read.Rest;

/// <summary>Gives the records of a page members that the page does not have.</summary>
internal static class RecordMembers
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <summary>Adds members at the end of each record.</summary>
    /// <param name="body">The page, which was read well.</param>
    /// <param name="record">Where its records are; null when it is the list of them, or the one record.</param>
    /// <param name="members">The members, without braces.</param>
    /// <returns>The page with them; all its other bytes are as they were.</returns>
    public static byte[] Add(ReadOnlyMemory<byte> body, string[]? record, string members)
    {
        ReadOnlyMemory<byte> text = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        using JsonDocument document = JsonDocument.Parse(text, Options);
        JsonElement records = document.RootElement;
        var page = new MemoryStream(body.Length + 1024);
        byte[] more = Encoding.UTF8.GetBytes(members);
        int at = 0;
        if (record is null || JsonPath.TryFind(document.RootElement, record, out records))
        {
            foreach (JsonElement one in records.ValueKind == JsonValueKind.Array ? records.EnumerateArray().AsEnumerable() : [records])
            {
                if (one.ValueKind == JsonValueKind.Object)
                {
                    ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(one);
                    text.Span.Overlaps(raw, out int start);
                    int end = start + raw.Length - 1;
                    page.Write(text.Span[at..end]);
                    if (one.EnumerateObject().Any())
                    {
                        page.WriteByte((byte)',');
                    }

                    page.Write(more);
                    at = end;
                }
            }
        }

        page.Write(text.Span[at..]);
        return page.ToArray();
    }
}
