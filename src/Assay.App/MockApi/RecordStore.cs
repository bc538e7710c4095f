using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Assay.App.MockApi;

/// <summary>The records of a dataset as they are served: JSON objects, one after another in one array of bytes.</summary>
internal sealed class RecordStore
{
    private readonly ConcurrentDictionary<string, Lazy<Dictionary<string, int[]>>> _byField = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<string?[]>> _values = new(StringComparer.Ordinal);
    private readonly byte[] _bytes;
    private readonly int[] _ends;

    /// <summary>Takes records.</summary>
    /// <param name="bytes">An object a line, each ended by LF.</param>
    /// <param name="length">How many of the bytes they are.</param>
    public RecordStore(byte[] bytes, int length)
    {
        _bytes = bytes;
        var ends = new int[bytes.AsSpan(0, length).Count((byte)'\n')];
        int at = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            at += bytes.AsSpan(at).IndexOf((byte)'\n');
            ends[i] = at++;
        }

        _ends = ends;
    }

    /// <summary>How many there are.</summary>
    public int Count => _ends.Length;

    /// <summary>A record.</summary>
    /// <param name="index">Its number, from 0.</param>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : _ends[index - 1] + 1;
            return _bytes.AsSpan(start, _ends[index] - start);
        }
    }

    /// <summary>The records by the value that a field of their top level has: a text, or a number as it is written.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value.</param>
    /// <returns>Their numbers in order.</returns>
    public IReadOnlyList<int> With(string field, string value) =>
        _byField.GetOrAdd(field, name => new Lazy<Dictionary<string, int[]>>(() => Index(name))).Value.GetValueOrDefault(value, []);

    /// <summary>The values that a field of the records' top level has: texts, and numbers as they are written.</summary>
    /// <param name="field">The field.</param>
    /// <returns>The values, record by record; null where there is none.</returns>
    public IReadOnlyList<string?> Values(string field) => _values.GetOrAdd(field, name => new Lazy<string?[]>(() =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return [.. Enumerable.Range(0, Count).Select(index => Value(this[index], bytes))];
    })).Value;

    private Dictionary<string, int[]> Index(string field)
    {
        byte[] name = Encoding.UTF8.GetBytes(field);
        return Enumerable.Range(0, Count)
            .Select(index => (Value: Value(this[index], name), Index: index))
            .Where(record => record.Value is not null)
            .GroupBy(record => record.Value!, record => record.Index, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    private static string? Value(ReadOnlySpan<byte> record, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(record);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
            {
                return reader.TokenType switch
                {
                    JsonTokenType.String => reader.GetString(),
                    JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                    _ => null,
                };
            }

            reader.Skip();
        }

        return null;
    }
}
