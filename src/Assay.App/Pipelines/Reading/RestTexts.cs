namespace Assay.App.Pipelines;

/// <summary>Reads the addresses, headers and parameters of an API.</summary>
internal static class RestTexts
{
    // Neither may be written into a file of pages nor be said in a message, and only `auth` sees to that.
    private static readonly string[] SecretHeaders = ["authorization", "cookie", "token", "apikey", "authkey", "accesskey", "subscriptionkey", "secret", "password"];
    private static readonly string[] SecretParameters = ["apikey", "appid", "token", "accesstoken", "authtoken", "apitoken", "accesskey", "subscriptionkey", "password", "secret", "clientsecret"];

    // What says where a message ends, or is set for each request.
    private static readonly string[] OwnHeaders = ["host", "contentlength", "transferencoding", "connection", "ifnonematch", "ifmodifiedsince"];

    /// <summary>An absolute address of http or https, without user, query and fragment.</summary>
    /// <param name="section">What it is part of.</param>
    /// <param name="key">Its key.</param>
    /// <param name="text">It; null when there is none, or it is wrong already.</param>
    /// <returns>The address, which ends with a slash; null when the text is empty or is none.</returns>
    public static Uri? Url(Section section, string key, ExpandedText? text)
    {
        if (text is null || text.Value.Length == 0)
        {
            return null;
        }

        if (!Uri.TryCreate(text.Value, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            section.Log.Add(text.Start, $"`{key}` is no address of http or https", "for example `https://api.example.com/v1`");
            return null;
        }

        if (url.UserInfo.Length > 0)
        {
            section.Log.Add(text.Start, $"`{key}` has a user or a password in it", "write `auth: { type: http_basic, username: …, password: \"${SOME_NAME}\" }`");
            return null;
        }

        if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            section.Log.Add(text.Start, $"`{key}` ends before the `{(url.Query.Length > 0 ? '?' : '#')}`", "parameters go to `params` of the source");
            return null;
        }

        return url.AbsolutePath.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
    }

    /// <summary>The headers of a section.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="section">The section.</param>
    /// <returns>Names and values in the order of the file.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers(DefinitionContext context, Section section) => Pairs(
        context, section, "headers", "for example `Accept: application/json`", (name, value) =>
        {
            if (SecretHeaders.Any(end => Plain(name.Text).EndsWith(end, StringComparison.Ordinal)))
            {
                context.Log.Add(name.Start, $"`{name.Text}` is for secrets, which are kept out of messages only under `auth`", "write `auth: { type: bearer, token: \"${SOME_NAME}\" }`, or another of its types");
            }
            else if (OwnHeaders.Contains(Plain(name.Text)))
            {
                context.Log.Add(name.Start, $"`{name.Text}` is set for each request", "leave it out");
            }
            else if (name.Text.Length == 0 || !name.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            {
                context.Log.Add(name.Start, $"`{name.Text}` cannot name a header", "use letters, digits and `-`");
            }
            else if (!value.Value.All(c => c is >= ' ' and <= '~' or '\t'))
            {
                context.Log.Add(value.Start, $"the header `{name.Text}` holds a character that no header has");
            }
        });

    /// <summary>The parameters of a source.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="section">The source.</param>
    /// <returns>Names and values in the order of the file.</returns>
    public static IReadOnlyList<KeyValuePair<string, string>> Parameters(DefinitionContext context, Section section) => Pairs(
        context, section, "params", "for example `{ per_page: 100 }`", (name, _) =>
        {
            if (SecretParameters.Contains(Plain(name.Text)))
            {
                context.Log.Add(name.Start, $"`{name.Text}` is for secrets, and parameters are part of the addresses that are kept", $"write `auth: {{ type: api_key, name: {name.Text}, api_key: \"${{SOME_NAME}}\", location: query }}`");
            }
            else if (name.Text.Length == 0)
            {
                context.Log.Add(name.Start, "a parameter has no name");
            }
        });

    private static List<KeyValuePair<string, string>> Pairs(
        DefinitionContext context, Section section, string key, string hint, Action<YamlScalar, ExpandedText> check)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach ((YamlScalar name, YamlNode value) in section.Entries(key, hint))
        {
            if (value is not YamlScalar { IsNull: false } scalar)
            {
                Section.WrongKind(context.Log, name.Text, value, "a text");
            }
            else if (context.Variables.Expand(scalar) is { } text)
            {
                check(name, text);
                pairs.Add(new(name.Text, text.Value));
            }
        }

        return pairs;
    }

    private static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
