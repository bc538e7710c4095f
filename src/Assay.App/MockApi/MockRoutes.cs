using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Assay.Read.Rest;

namespace Assay.App.MockApi;

/// <summary>Answers what is asked for at an address: <c>/resource</c>, <c>/resource/id</c> and <c>/resource/id/nested</c>.</summary>
internal sealed class MockRoutes
{
    private const string CursorPrefix = "place:";

    private readonly MockApiDefinition _api;
    private readonly IReadOnlyDictionary<string, RecordStore> _data;
    private readonly Dictionary<string, RecordOrder> _orders;
    private readonly ConcurrentDictionary<string, (RecordOrder All, string Since, RecordOrder New)> _new = new(StringComparer.Ordinal);
    private readonly PageWriter _writer;

    /// <summary>Prepares the answers.</summary>
    /// <param name="api">What is served.</param>
    /// <param name="data">The records by dataset.</param>
    /// <param name="settings">What is the matter with them.</param>
    public MockRoutes(MockApiDefinition api, IReadOnlyDictionary<string, RecordStore> data, MockApiSettings settings)
    {
        _api = api;
        _data = data;
        _orders = api.Resources.Values.ToDictionary(
            resource => resource.Name, resource => RecordOrder.Draw(resource.Name, data[resource.Dataset].Count, settings), StringComparer.Ordinal);
        _writer = new PageWriter(settings.SchemaChangeAfter);
    }

    /// <summary>Answers.</summary>
    /// <param name="path">The path, from its first slash.</param>
    /// <param name="query">The query with its question mark, or nothing.</param>
    public MockAnswer Answer(string path, string query)
    {
        if (!path.StartsWith(_api.BasePath + "/", StringComparison.Ordinal))
        {
            return Nothing(path);
        }

        string[] parts = path[(_api.BasePath.Length + 1)..].Split('/');
        if (!_api.Resources.TryGetValue(parts[0], out MockResource? resource))
        {
            return Nothing(path);
        }

        RecordStore records = _data[resource.Dataset];
        switch (parts.Length)
        {
            case 1:
                return List(resource, _orders[resource.Name], path, query);
            case 2:
                return records.With(resource.Key, Uri.UnescapeDataString(parts[1])) is [int index, ..]
                    ? new MockAnswer(200, records[index].ToArray())
                    : Nothing(path);
            case 3 when resource.Nested.TryGetValue(parts[2], out string? field) && _api.Resources.TryGetValue(parts[2], out MockResource? child):
                return List(child, RecordOrder.Of(_data[child.Dataset].With(field, Uri.UnescapeDataString(parts[1]))), path, query);
            default:
                return Nothing(path);
        }
    }

    private MockAnswer List(MockResource resource, RecordOrder all, string path, string query)
    {
        RecordOrder order = New(resource, all, query);
        MockPaging paging = resource.Paging;
        if (paging.Style == PagingStyle.None)
        {
            return new MockAnswer(200, _writer.Write(resource, _data[resource.Dataset], order, new MockPage(0, int.MaxValue), null));
        }

        if (!TrySize(QueryText.Value(query, paging.SizeParameter), paging, out int size)
            || !TryPlace(QueryText.Value(query, paging.PlaceParameter), paging, size, out long offset))
        {
            return new MockAnswer(400, Error($"`{paging.PlaceParameter}` or `{paging.SizeParameter}` is not what it should be"));
        }

        var page = new MockPage(offset, size);
        bool isLast = offset + size >= order.Count;
        string nextPlace = paging.Style switch
        {
            PagingStyle.Cursor => Token(offset + size),
            PagingStyle.Offset => (offset + size).ToString(CultureInfo.InvariantCulture),
            _ => (page.Index + paging.FirstPage + 1).ToString(CultureInfo.InvariantCulture),
        };
        string? address = isLast ? null : QueryText.With(path, query, paging.PlaceParameter, nextPlace);
        string? next = isLast ? null : paging.Style == PagingStyle.Cursor ? nextPlace : address;
        return new MockAnswer(
            200,
            _writer.Write(resource, _data[resource.Dataset], order, page, next),
            paging.Style == PagingStyle.HeaderLink ? address : null);
    }

    /// <summary>The records that are at or after what is asked for. What was found last of a list is kept: all its pages ask for the same.</summary>
    private RecordOrder New(MockResource resource, RecordOrder all, string query)
    {
        if (resource.Incremental is not { } incremental || QueryText.Value(query, incremental.Parameter) is not { Length: > 0 } since)
        {
            return all;
        }

        if (_new.TryGetValue(resource.Name, out (RecordOrder All, string Since, RecordOrder New) last) && last.All == all && last.Since == since)
        {
            return last.New;
        }

        IReadOnlyList<string?> values = _data[resource.Dataset].Values(incremental.Field);
        RecordOrder found = all.Where(index => values[index] is { Length: > 0 } value && Watermark.Compare(value, since) >= 0);
        _new[resource.Name] = (all, since, found);
        return found;
    }

    private static bool TrySize(string? text, MockPaging paging, out int size)
    {
        size = paging.Size;
        return text is null
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is > 0 and <= MockPaging.MostRecords);
    }

    private static bool TryPlace(string? text, MockPaging paging, int size, out long offset)
    {
        offset = 0;
        if (text is null)
        {
            return true;
        }

        if (paging.Style == PagingStyle.Cursor)
        {
            return TryToken(text, out offset);
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            return false;
        }

        offset = paging.IsNumbered ? (number - (long)paging.FirstPage) * size : number;
        return offset >= 0;
    }

    private static string Token(long offset) =>
        Convert.ToHexStringLower(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{CursorPrefix}{offset}")));

    private static bool TryToken(string text, out long offset)
    {
        offset = 0;
        try
        {
            string token = Encoding.ASCII.GetString(Convert.FromHexString(text));
            return token.StartsWith(CursorPrefix, StringComparison.Ordinal)
                && long.TryParse(token[CursorPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out offset);
        }
        catch (FormatException)
        {
            // Not one of the tokens that were handed out.
            return false;
        }
    }

    private static MockAnswer Nothing(string path) => new(404, Error($"nothing is served at {path}"));

    /// <summary>The body of an answer that is an error.</summary>
    public static byte[] Error(string message) => Encoding.UTF8.GetBytes($"{{\"error\":{JsonSerializer.Serialize(message)}}}");
}
