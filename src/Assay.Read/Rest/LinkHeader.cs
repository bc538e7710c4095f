namespace Assay.Read.Rest;

/// <summary>The <c>Link</c> header (RFC 8288): <c>&lt;https://api/users?page=2&gt;; rel="next"; title="a, b", &lt;…&gt;; rel=last</c>.</summary>
internal static class LinkHeader
{
    /// <summary>Finds the link of a relation.</summary>
    /// <param name="headers">The headers.</param>
    /// <param name="relation">The relation; its case does not matter.</param>
    /// <returns>The first link that has it; null without one. What comes after something malformed is not read.</returns>
    public static string? Find(IReadOnlyList<string> headers, string relation)
    {
        foreach (string header in headers)
        {
            if (Find(header, relation) is { } link)
            {
                return link;
            }
        }

        return null;
    }

    private static string? Find(string header, string relation)
    {
        int at = 0;
        while (true)
        {
            at = SkipSpace(header, at, ",");
            int end = at < header.Length && header[at] == '<' ? header.IndexOf('>', at) : -1;
            if (end < 0)
            {
                return null;
            }

            string link = header[(at + 1)..end].Trim();
            at = end + 1;
            bool isFound = false;
            bool hasRelation = false;
            for (at = SkipSpace(header, at, ""); at < header.Length && header[at] == ';'; at = SkipSpace(header, at, ""))
            {
                (string name, string value) = Parameter(header, ref at);

                // Section 3.3: of several relations of one link only the first counts; one may be a list of words.
                if (!hasRelation && name.Equals("rel", StringComparison.OrdinalIgnoreCase))
                {
                    hasRelation = true;
                    isFound = value.Split(' ').Contains(relation, StringComparer.OrdinalIgnoreCase);
                }
            }

            if (isFound)
            {
                return link;
            }
        }
    }

    private static (string Name, string Value) Parameter(string header, ref int at)
    {
        at = SkipSpace(header, at + 1, "");
        string name = Token(header, ref at);
        at = SkipSpace(header, at, "");
        if (at == header.Length || header[at] != '=')
        {
            return (name, "");
        }

        at = SkipSpace(header, at + 1, "");
        return (name, at < header.Length && header[at] == '"' ? Quoted(header, ref at) : Token(header, ref at));
    }

    private static string Token(string header, ref int at)
    {
        int length = header.AsSpan(at).IndexOfAny(" \t=;,\"");
        int end = length < 0 ? header.Length : at + length;
        string token = header[at..end];
        at = end;
        return token;
    }

    private static string Quoted(string header, ref int at)
    {
        var value = new System.Text.StringBuilder();
        for (at++; at < header.Length && header[at] != '"'; at++)
        {
            at += header[at] == '\\' && at + 1 < header.Length ? 1 : 0;
            value.Append(header[at]);
        }

        at = Math.Min(at + 1, header.Length);
        return value.ToString();
    }

    private static int SkipSpace(string header, int at, string more)
    {
        while (at < header.Length && (header[at] is ' ' or '\t' || more.Contains(header[at])))
        {
            at++;
        }

        return at;
    }
}
