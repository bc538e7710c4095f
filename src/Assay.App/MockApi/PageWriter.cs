using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Assay.App.MockApi;

/// <summary>Writes a page of a list as JSON.</summary>
/// <param name="schemaChangeAfter">The page after which records have a field more, or null.</param>
internal sealed class PageWriter(int? schemaChangeAfter)
{
    /// <summary>The field that records have after the change.</summary>
    public const string AddedField = "added_later";

    /// <summary>Writes a page.</summary>
    /// <param name="resource">The list's resource.</param>
    /// <param name="records">Its records.</param>
    /// <param name="order">Their order.</param>
    /// <param name="page">Which page.</param>
    /// <param name="next">What asks for the next page, or null.</param>
    /// <returns>The body.</returns>
    public byte[] Write(MockResource resource, RecordStore records, RecordOrder order, MockPage page, string? next)
    {
        using var body = new MemoryStream();
        long end = Math.Min(order.Count, page.Offset + page.Size);
        foreach ((byte[] text, EnvelopeValue? value) in resource.Envelope.Parts)
        {
            body.Write(text);
            if (value == EnvelopeValue.Records)
            {
                WriteRecords(body, records, order, page, end);
            }
            else if (value is { } other)
            {
                body.Write(Encoding.UTF8.GetBytes(Text(other, resource.Paging, order, page, end, next)));
            }
        }

        return body.ToArray();
    }

    private void WriteRecords(MemoryStream body, RecordStore records, RecordOrder order, MockPage page, long end)
    {
        bool isChanged = page.Index + 1 > schemaChangeAfter;
        body.WriteByte((byte)'[');
        bool isFirst = true;
        for (long place = page.Offset; place < end; place++)
        {
            int index = order[(int)place];
            if (index < 0)
            {
                continue;
            }

            if (!isFirst)
            {
                body.WriteByte((byte)',');
            }

            isFirst = false;
            ReadOnlySpan<byte> record = records[index];
            body.Write(isChanged ? record[..^1] : record);
            if (isChanged)
            {
                string comma = record.IndexOf((byte)'"') < 0 ? "" : ",";
                body.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{comma}\"{AddedField}\":\"page {page.Index + 1}\"}}")));
            }
        }

        body.WriteByte((byte)']');
    }

    private static string Text(EnvelopeValue value, MockPaging paging, RecordOrder order, MockPage page, long end, string? next)
    {
        long number = page.Index + paging.FirstPage;
        long? result = value switch
        {
            EnvelopeValue.Page => number,
            EnvelopeValue.Size => paging.Style == PagingStyle.None ? order.Count : page.Size,
            EnvelopeValue.Pages => paging.Style == PagingStyle.None ? 1 : (order.Count + (long)page.Size - 1) / page.Size,
            EnvelopeValue.Total => order.Count,
            EnvelopeValue.Offset => page.Offset,
            EnvelopeValue.Count => Math.Max(0, end - page.Offset),
            EnvelopeValue.NextPage => end < order.Count && page.Offset < order.Count ? number + 1 : null,
            _ => null,
        };
        return value == EnvelopeValue.Next && next is not null
            ? $"\"{JsonEncodedText.Encode(next, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""
            : result?.ToString(CultureInfo.InvariantCulture) ?? "null";
    }
}
