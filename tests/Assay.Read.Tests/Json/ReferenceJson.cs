using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Assay.Data;

namespace Assay.Read.Tests;

/// <summary>
/// Reads JSON slowly by the framework's means: a record is taken apart as a <see cref="JsonDocument"/>, and a document
/// can be read up to the first byte with which its reader refuses the text so far.
/// </summary>
internal static class ReferenceJson
{
    private const int MostLevels = 64;

    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1_000_000 };

    /// <summary>The records of JSON lines, as <see cref="CsvRecord"/>'s text.</summary>
    public static List<string> Lines(byte[] bytes, IReadOnlyList<string[]> paths, int fieldLimit)
    {
        var records = new List<string>();
        int start = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        while (start < bytes.Length)
        {
            int end = Array.IndexOf(bytes, (byte)'\n', start);
            end = end < 0 ? bytes.Length : end;
            int length = end - start - (end > start && bytes[end - 1] == '\r' ? 1 : 0);
            if (!bytes.AsSpan(start, end - start).Trim(" \r\t"u8).IsEmpty)
            {
                records.Add(Record(bytes, start, length, records.Count + 1, paths, fieldLimit));
            }

            start = end + 1;
        }

        return records;
    }

    /// <summary>The records of a document whose list stands at a path, and the place where it breaks off, -1 for none.</summary>
    public static (List<string> Records, int Broken) Document(byte[] bytes, string[] record, IReadOnlyList<string[]> paths, int fieldLimit)
    {
        int start = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        int viable = Viable(bytes, start);
        bool isWhole = viable == bytes.Length && Read(bytes.AsSpan(start), true, null, record) is null;
        var elements = new List<(int Start, int End)>();

        // White space completes a number that would otherwise wait for its next digit.
        Read([.. bytes.AsSpan(start, viable - start), (byte)' '], false, elements, record);
        var records = new List<string>();
        foreach ((int from, int to) in elements)
        {
            records.Add(Record(bytes, start + from, to - from, records.Count + 1, paths, fieldLimit));
        }

        return (records, isWhole ? -1 : viable);
    }

    /// <summary>How many bytes there are up to the first with which no document begins.</summary>
    private static int Viable(byte[] bytes, int start)
    {
        int good = start;
        int bad = bytes.Length + 1;
        while (bad - good > 1)
        {
            int middle = (good + bad) / 2;
            bool isViable = Read(bytes.AsSpan(start, middle - start), false, null, []) is null;
            (good, bad) = isViable ? (middle, bad) : (good, middle);
        }

        return good;
    }

    /// <summary>Reads text, and lists the elements of the list at the record's path.</summary>
    private static JsonException? Read(ReadOnlySpan<byte> text, bool final, List<(int Start, int End)>? elements, string[] record)
    {
        var reader = new Utf8JsonReader(text, final, new JsonReaderState(Deep));
        var names = new List<string>();
        string name = "";
        int element = -1;
        try
        {
            while (reader.Read())
            {
                int depth = reader.CurrentDepth;
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    name = element < 0 ? Encoding.Latin1.GetString(reader.ValueSpan) : "";
                    continue;
                }

                bool isEnd = reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject;
                bool isStart = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject;
                if (isEnd)
                {
                    names.RemoveAt(names.Count - 1);
                }

                if (depth == record.Length + 1 && names.Count == depth && names.SequenceEqual([.. record, "["], StringComparer.Ordinal))
                {
                    element = isEnd ? element : (int)reader.TokenStartIndex;
                    if (!isStart)
                    {
                        elements?.Add((element, (int)reader.BytesConsumed));
                        element = -1;
                    }
                }

                if (isStart)
                {
                    // A list is named [ below its own name.
                    names.Add(depth == record.Length && reader.TokenType == JsonTokenType.StartArray ? "[" : "{");
                    if (depth > 0 && depth <= record.Length)
                    {
                        names[depth - 1] = name;
                    }
                }
            }

            return null;
        }
        catch (JsonException error)
        {
            return error;
        }
    }

    private static string Record(byte[] bytes, int start, int length, int row, IReadOnlyList<string[]> paths, int fieldLimit)
    {
        string?[] fields = new string?[paths.Count];
        FaultCode fault = Fields(bytes.AsMemory(start, length), paths, fieldLimit, fields);
        int kept = fault == FaultCode.FieldTooLong ? Math.Min(length, 1024) : length;
        return new CsvRecord(0, row, start, Encoding.Latin1.GetString(bytes, start, kept), fault, fields).ToString();
    }

    private static FaultCode Fields(ReadOnlyMemory<byte> record, IReadOnlyList<string[]> paths, int fieldLimit, string?[] fields)
    {
        try
        {
            using var document = JsonDocument.Parse(record, new JsonDocumentOptions { MaxDepth = 1_000_000 });
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Levels(root) > MostLevels)
            {
                return FaultCode.BadJson;
            }

            bool isText = Utf8.IsValid(record.Span);
            bool isRepeated = false;
            bool isLong = false;
            foreach (string[] path in paths)
            {
                Look(root, path, ref isText, ref isRepeated);
            }

            for (int i = 0; i < fields.Length; i++)
            {
                if (Find(root, paths[i]) is { } value && value.ValueKind != JsonValueKind.Null)
                {
                    ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(value);
                    bool isString = value.ValueKind == JsonValueKind.String;
                    isLong |= raw.Length - (isString ? 2 : 0) > fieldLimit;
                    fields[i] = isString ? Unescape(Encoding.Latin1.GetString(raw[1..^1]), ref isText) : Encoding.Latin1.GetString(raw);
                }
            }

            if (isLong)
            {
                Array.Clear(fields);
                return FaultCode.FieldTooLong;
            }

            return !isText ? FaultCode.InvalidUtf8 : isRepeated ? FaultCode.RepeatedField : FaultCode.None;
        }
        catch (JsonException)
        {
            return FaultCode.BadJson;
        }
    }

    private static int Levels(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => 1 + element.EnumerateObject().Select(member => Levels(member.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + element.EnumerateArray().Select(Levels).DefaultIfEmpty().Max(),
        _ => 0,
    };

    /// <summary>Whether the objects on a path have names twice, or names that are no text.</summary>
    private static void Look(JsonElement element, ReadOnlySpan<string> path, ref bool isText, ref bool isRepeated)
    {
        if (path.IsEmpty)
        {
            return;
        }

        if (element.ValueKind == JsonValueKind.Object)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (JsonProperty member in element.EnumerateObject())
            {
                isRepeated |= !names.Add(Name(member, ref isText));
            }
        }

        if (Child(element, path[0]) is { } child)
        {
            Look(child, path[1..], ref isText, ref isRepeated);
        }
    }

    private static JsonElement? Find(JsonElement element, ReadOnlySpan<string> path) =>
        path.IsEmpty ? element : Child(element, path[0]) is { } child ? Find(child, path[1..]) : null;

    private static JsonElement? Child(JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < element.GetArrayLength()
                ? element[index] : null;
        }

        bool isText = true;
        string latin1 = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name));
        return element.ValueKind != JsonValueKind.Object ? null
            : element.EnumerateObject().Where(member => Name(member, ref isText) == latin1).Select(member => (JsonElement?)member.Value).FirstOrDefault();
    }

    private static string Name(JsonProperty member, ref bool isText) =>
        Unescape(Encoding.Latin1.GetString(JsonMarshal.GetRawUtf8PropertyName(member)), ref isText);

    /// <summary>Takes the escapes out of a string whose characters are bytes.</summary>
    private static string Unescape(string raw, ref bool isText)
    {
        var text = new StringBuilder();
        for (int i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            if (raw[i] != 'u')
            {
                text.Append("bfnrt".Contains(raw[i], StringComparison.Ordinal) ? "\b\f\n\r\t"["bfnrt".IndexOf(raw[i], StringComparison.Ordinal)] : raw[i]);
                continue;
            }

            char unit = (char)Convert.ToUInt16(raw.Substring(i + 1, 4), 16);
            i += 4;
            string units = unit.ToString();
            if (char.IsHighSurrogate(unit) && i + 6 < raw.Length && raw[i + 1] == '\\' && raw[i + 2] == 'u'
                && char.IsLowSurrogate((char)Convert.ToUInt16(raw.Substring(i + 3, 4), 16)))
            {
                units += (char)Convert.ToUInt16(raw.Substring(i + 3, 4), 16);
                i += 6;
            }

            isText &= units.Length == 2 || !char.IsSurrogate(unit);
            text.Append(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(units)));
        }

        return text.ToString();
    }
}
