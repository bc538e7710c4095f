using Microsoft.AspNetCore.WebUtilities;

namespace Assay.App.MockApi;

/// <summary>The query of an address.</summary>
internal static class QueryText
{
    /// <summary>The value of a parameter.</summary>
    /// <returns>The last one given; null when there is none.</returns>
    public static string? Value(string query, string parameter)
    {
        string? found = null;
        foreach (QueryStringEnumerable.EncodedNameValuePair pair in new QueryStringEnumerable(query))
        {
            if (pair.DecodeName().Span.SequenceEqual(parameter))
            {
                found = pair.DecodeValue().ToString();
            }
        }

        return found;
    }

    /// <summary>An address with another value of a parameter; the others stay as they are, in their order.</summary>
    public static string With(string path, string query, string parameter, string value)
    {
        var parts = new List<string>();
        foreach (QueryStringEnumerable.EncodedNameValuePair pair in new QueryStringEnumerable(query))
        {
            if (!pair.DecodeName().Span.SequenceEqual(parameter))
            {
                parts.Add($"{pair.EncodedName}={pair.EncodedValue}");
            }
        }

        parts.Add($"{Uri.EscapeDataString(parameter)}={Uri.EscapeDataString(value)}");
        return $"{path}?{string.Join('&', parts)}";
    }
}
