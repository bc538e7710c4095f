using System.Text;

namespace Assay.App.Pipelines;

/// <summary>
/// Reads <c>.env</c> files: one <c>NAME=VALUE</c> a line, with or without <c>export</c> before it. A value may stand in
/// single quotes, as it is, or in double quotes, with <c>\n</c>, <c>\t</c>, <c>\"</c> and <c>\\</c>; without quotes it ends at
/// <c> #</c>. Lines that begin with <c>#</c> are comments.
/// </summary>
public static class DotEnvFile
{
    /// <summary>The file's name.</summary>
    public const string Name = ".env";

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The values by name; of two for one name the last counts.</returns>
    /// <exception cref="DefinitionException">A line is neither a value nor a comment.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var log = new DefinitionLog(Name);
        int number = 0;
        foreach (string raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            string line = raw.Trim();
            if (line.Length > 0 && line[0] != '#')
            {
                Read(line, new Place(number, raw.IndexOf(line[0], StringComparison.Ordinal) + 1), values, log);
            }
        }

        log.ThrowIfAny();
        return values;
    }

    private static void Read(string line, Place place, Dictionary<string, string> values, DefinitionLog log)
    {
        const string Export = "export ";
        string pair = line.StartsWith(Export, StringComparison.Ordinal) ? line[Export.Length..].TrimStart() : line;
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? pair : pair[..equals].TrimEnd();
        if (equals < 0 || !Names.IsVariable(name))
        {
            log.Add(place, "this is no setting", "write `NAME=VALUE`");
            return;
        }

        string value = pair[(equals + 1)..].TrimStart();
        if (value.Length > 0 && value[0] is '"' or '\'')
        {
            if (Unquote(value) is { } inner)
            {
                values[name] = inner;
            }
            else
            {
                log.Add(place, $"the quoted value of `{name}` does not end with its quote");
            }

            return;
        }

        int comment = value.StartsWith('#') ? 0 : value.IndexOf(" #", StringComparison.Ordinal);
        values[name] = (comment < 0 ? value : value[..comment]).TrimEnd();
    }

    private static string? Unquote(string value)
    {
        char quote = value[0];
        var inner = new StringBuilder();
        for (int i = 1; i < value.Length; i++)
        {
            char c = value[i];
            if (c == quote)
            {
                string rest = value[(i + 1)..].TrimStart();
                return rest.Length == 0 || rest[0] == '#' ? inner.ToString() : null;
            }

            if (c == '\\' && quote == '"' && i + 1 < value.Length)
            {
                c = value[++i] switch { 'n' => '\n', 't' => '\t', var other => other };
            }

            inner.Append(c);
        }

        return null;
    }
}
