using System.Globalization;
using System.Text.Json;

namespace Assay.Read.Rest;

/// <summary>Reads what a page says, once, in one pass over its parsed body.</summary>
internal static class PageScan
{
    /// <summary>Records are read with their own limit of depth later, where one that is too deep is a fault of that record alone.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <summary>Reads a page.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="shape">What to look for.</param>
    /// <param name="mediaType">What its header says it is, if anything.</param>
    /// <param name="secrets">What is never shown.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="RestFailure">It is no JSON, which another try may mend; or what is looked for is not there.</exception>
    public static PageContent Read(ReadOnlyMemory<byte> body, PageShape shape, string? mediaType, RestSecrets secrets)
    {
        ReadOnlyMemory<byte> text = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Options);
            return Read(document.RootElement, shape, text, secrets);
        }
        catch (JsonException error)
        {
            string what = Excerpt.IsWebPage(text.Span, mediaType)
                ? "this is a web page, not JSON: does `base_url` lead to the API?"
                : text.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0
                    ? "its body is empty: JSON is expected, an empty list at least."
                    : $"it is no JSON from byte {Place(error, text.Span)} on.";
            throw new RestFailure(RestFailure.Body, $"answered well, but {what} {Excerpt.Of(text.Span, secrets)}", error) { IsTransient = true };
        }
    }

    private static PageContent Read(JsonElement page, PageShape shape, ReadOnlyMemory<byte> text, RestSecrets secrets)
    {
        JsonElement records = page;
        if (shape.Record is { } path && !JsonPath.TryFind(page, path, out records))
        {
            throw Odd($"has nothing at `{string.Join('.', path)}`, where its records are expected (`record`)", text, secrets);
        }

        long count = records.ValueKind switch
        {
            JsonValueKind.Array => records.GetArrayLength(),
            JsonValueKind.Object => 1,
            JsonValueKind.Null when shape.Record is not null => 0,
            _ => throw Odd("has neither a list of records nor one record where they are expected (`record`)", text, secrets),
        };
        string? watermark = null;
        var collected = new List<CollectedValue>();
        if (shape.Cursor is not null || shape.Collect is not null)
        {
            IEnumerable<JsonElement> each = records.ValueKind == JsonValueKind.Array ? records.EnumerateArray() : count == 1 ? [records] : [];
            foreach (JsonElement record in each)
            {
                watermark = Assay.Read.Rest.Watermark.Greater(watermark, JsonPath.Text(record, shape.Cursor));
                if (JsonPath.Text(record, shape.Collect) is { Length: > 0 } value)
                {
                    collected.Add(new CollectedValue(value, Members(record, shape.CollectFields)));
                }
            }
        }

        (long? number, long? pages) = shape.LooksForSigns ? PageSigns.Numbers(page) : (null, null);
        return new PageContent
        {
            Records = count,
            Total = pages ?? Number(page, shape.Total, text, secrets),
            TotalRecords = Number(page, shape.TotalRecords, text, secrets),
            Next = shape.LooksForSigns ? PageSigns.Link(page) : JsonPath.Text(page, shape.Next) is { Length: > 0 } next ? next : null,
            Number = number,
            Watermark = watermark,
            Collected = collected,
        };
    }

    private static string Members(JsonElement record, IReadOnlyList<(string Name, string[] Path)> fields) => string.Join(',', fields.Select(field =>
        $"\"{JsonEncodedText.Encode(field.Name)}\":{(JsonPath.TryFind(record, field.Path, out JsonElement value) ? value.GetRawText() : "null")}"));

    /// <summary>Null says that the API does not know; nothing there, or something else, is most likely a wrong path.</summary>
    private static long? Number(JsonElement page, string[]? path, ReadOnlyMemory<byte> text, RestSecrets secrets)
    {
        if (path is null || (JsonPath.TryFind(page, path, out JsonElement found) && found.ValueKind == JsonValueKind.Null))
        {
            return null;
        }

        return long.TryParse(JsonPath.Text(page, path), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw Odd($"has no whole number at `{string.Join('.', path)}`, where the paginator expects a total", text, secrets);
    }

    private static RestFailure Odd(string what, ReadOnlyMemory<byte> text, RestSecrets secrets) =>
        new(RestFailure.Body, $"answered well, but {what}. {Excerpt.Of(text.Span, secrets)}");

    private static long Place(JsonException error, ReadOnlySpan<byte> text)
    {
        int at = 0;
        for (long line = error.LineNumber ?? 0; line > 0; line--)
        {
            at += text[at..].IndexOf((byte)'\n') + 1;
        }

        return at + (error.BytePositionInLine ?? 0) + 1;
    }
}
