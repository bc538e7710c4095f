using System.Globalization;
using System.Text.Json;

namespace Assay.Read.Rest;

/// <summary>Finds values in parsed JSON by the names that lead to them.</summary>
internal static class JsonPath
{
    /// <summary>Finds a value.</summary>
    /// <param name="from">Where to begin.</param>
    /// <param name="names">The names; where the value is a list, a number counts its elements from 0.</param>
    /// <param name="found">The value.</param>
    /// <returns>Whether it is there.</returns>
    public static bool TryFind(JsonElement from, ReadOnlySpan<string> names, out JsonElement found)
    {
        found = from;
        foreach (string name in names)
        {
            if (found.ValueKind == JsonValueKind.Array
                && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int at) && at < found.GetArrayLength())
            {
                found = found[at];
            }
            else if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text of a value: a string's characters; a number, true and false as they are written.</summary>
    /// <param name="from">Where to begin.</param>
    /// <param name="names">The names; null finds nothing.</param>
    /// <returns>The text; null when there is no such value, or it is null, a list or an object, or no valid text.</returns>
    public static string? Text(JsonElement from, string[]? names)
    {
        if (names is null || !TryFind(from, names, out JsonElement found))
        {
            return null;
        }

        return found.ValueKind switch
        {
            JsonValueKind.String => Characters(found),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => found.GetRawText(),
            _ => null,
        };
    }

    /// <summary>Half a surrogate pair, or bytes that are not UTF-8, are the record's own fault, and told when it is read.</summary>
    private static string? Characters(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
