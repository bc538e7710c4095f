using System.Text.RegularExpressions;
using Assay.Read.Rest;

namespace Assay.App.Pipelines;

/// <summary>Reads how requests say who asks. Secrets are variables only, and the environment's: what a file declares is kept with every run.</summary>
internal sealed partial class RestAuthReading
{
    private readonly DefinitionContext _context;
    private readonly Section _section;
    private string? _problem;

    private RestAuthReading(DefinitionContext context, Section section)
    {
        _context = context;
        _section = section;
    }

    /// <summary>Reads <c>auth</c>.</summary>
    /// <param name="context">The definition it is part of.</param>
    /// <param name="owner">The section it is part of.</param>
    /// <returns>It, or null when there is none or it is wrong; then the log says so.</returns>
    public static RestCredentials? Read(DefinitionContext context, Section owner)
    {
        if (owner.Node("auth") is YamlScalar { Text: "none" })
        {
            return RestCredentials.None;
        }

        return KindReading.Open(context, owner, "auth", PipelineKeys.Auths) is var (kind, section)
            ? new RestAuthReading(context, section).Read(kind)
            : null;
    }

    private RestCredentials? Read(string kind)
    {
        int errors = _context.Log.Count;
        RestAuthentication? authentication = kind switch
        {
            "bearer" => new RestAuthentication.Bearer(Secret("token")),
            "http_basic" => new RestAuthentication.HttpBasic(Text("username"), Secret("password")),
            "api_key" => new RestAuthentication.ApiKey(_section.Text("name")?.Value ?? "x-api-key", Secret("api_key"), Location()),
            _ => OAuth2(),
        };
        return _context.Log.Count > errors ? null : new RestCredentials(_problem is null ? authentication : null, _problem);
    }

    private RestAuthentication.OAuth2ClientCredentials? OAuth2()
    {
        ExpandedText? text = _section.Text("access_token_url");
        if (text is { Value.Length: 0 })
        {
            _problem ??= Shown(text.Start, "`access_token_url` is empty");
        }

        Uri? url = RestTexts.Url(_section, "access_token_url", text);
        (string client, string secret, string? scope) = (Text("client_id"), Secret("client_secret"), _section.Text("scope")?.Value);
        return url is null ? null : new RestAuthentication.OAuth2ClientCredentials(new Uri(url.AbsoluteUri.TrimEnd('/')), client, secret, scope);
    }

    private ApiKeyLocation Location() => _section.Choice("location", PipelineKeys.Locations) switch
    {
        "query" => ApiKeyLocation.Query,
        "cookie" => ApiKeyLocation.Cookie,
        _ => ApiKeyLocation.Header,
    };

    private string Text(string key) => _section.Text(key)?.Value ?? "";

    private string Secret(string key)
    {
        if (_section.Node(key) is not { } node)
        {
            return "";
        }

        if (node is not YamlScalar scalar)
        {
            Section.WrongKind(_context.Log, key, node, "a text");
            return "";
        }

        if (Variable().Match(scalar.Text) is not { Success: true } match)
        {
            _context.Log.Add(scalar.Start, $"`{key}` is a secret, and must be a variable", "write `\"${SOME_NAME}\"`, and give SOME_NAME in the environment or in .env");
            return "";
        }

        string name = match.Groups[1].Value;
        if (_context.Variables.IsDeclared(name))
        {
            _context.Log.Add(scalar.Start, $"`{key}` is a secret, and `{name}` is declared under `variables`, which are kept with every run", $"leave it out there, and give {name} in the environment or in .env");
            return "";
        }

        string? value = _context.Variables.Try(scalar).Text;
        if (string.IsNullOrEmpty(value))
        {
            _problem ??= Shown(scalar.Start, $"`{name}` has no value, and the API asks for it; give it in the environment or in .env");
        }

        return value ?? "";
    }

    private string Shown(Place place, string message) => new DefinitionError(_context.Log.File, place.Line, place.Column, message).ToString();

    [GeneratedRegex(@"^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
