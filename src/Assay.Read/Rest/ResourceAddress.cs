using System.Text;

namespace Assay.Read.Rest;

/// <summary>The addresses of a resource's pages: how they are made, followed, and named. None of them has a secret in it.</summary>
internal sealed class ResourceAddress
{
    private readonly RestResource _resource;
    private readonly Uri _base;
    private readonly string? _secretParameter;

    /// <summary>Checks a resource's addresses.</summary>
    /// <param name="resource">The resource.</param>
    /// <exception cref="RestFailure">They cannot be asked for.</exception>
    public ResourceAddress(RestResource resource)
    {
        _resource = resource;
        Uri given = resource.BaseUrl;
        if (!given.IsAbsoluteUri || !IsWeb(given))
        {
            throw Wrong("`base_url` is no http or https address");
        }

        if (given.UserInfo.Length > 0 || given.Query.Length > 0 || given.Fragment.Length > 0)
        {
            throw Wrong("`base_url` has more than a host and a path: names and passwords belong in `auth`, the query in `params`");
        }

        if (resource.Path.AsSpan().ContainsAny("?#\\") || resource.Path.Contains("://", StringComparison.Ordinal))
        {
            throw Wrong($"`path` is `{resource.Path}`, where a path below `base_url` is expected; the query belongs in `params`");
        }

        if (resource.Authentication is RestAuthentication.OAuth2ClientCredentials { AccessTokenUrl: var url } && (!url.IsAbsoluteUri || !IsWeb(url)))
        {
            throw Wrong("`access_token_url` is no http or https address");
        }

        _base = given.AbsoluteUri.EndsWith('/') ? given : new Uri(given.AbsoluteUri + "/");
        _secretParameter = resource.Authentication is RestAuthentication.ApiKey { Location: ApiKeyLocation.Query } key ? key.Name : null;
    }

    /// <summary>The address of the resource with the parameters that everybody gives, and some more.</summary>
    /// <param name="parent">The parent's value; null without a parent.</param>
    /// <param name="more">Parameters of the page: they take the place of those of the same name, or come after the others.</param>
    /// <returns>The address.</returns>
    /// <exception cref="RestFailure">The parent's value cannot be part of a path.</exception>
    public Uri Build(string? parent, params ReadOnlySpan<KeyValuePair<string, string>> more)
    {
        string path = _resource.Path.TrimStart('/');
        if (_resource.Parent is { } by)
        {
            path = path.Replace(by.Placeholder, Segment(by, parent), StringComparison.Ordinal);
        }

        List<KeyValuePair<string, string>> parameters = [.. _resource.Parameters];
        if (_resource.Incremental is { StartValue: { } start } incremental)
        {
            Put(parameters, new(incremental.StartParameter, start));
        }

        foreach (KeyValuePair<string, string> parameter in more)
        {
            Put(parameters, parameter);
        }

        var address = new StringBuilder(path.Length == 0 ? _resource.BaseUrl.AbsoluteUri : _base.AbsoluteUri + path);
        for (int i = 0; i < parameters.Count; i++)
        {
            address.Append(i == 0 ? '?' : '&').Append(Uri.EscapeDataString(parameters[i].Key));
            address.Append('=').Append(Uri.EscapeDataString(parameters[i].Value));
        }

        return new Uri(address.ToString());
    }

    /// <summary>Follows a link, as far as it stays with the host: credentials are never sent elsewhere.</summary>
    /// <param name="from">The page that has it.</param>
    /// <param name="link">The link, whole or relative to the page.</param>
    /// <param name="what">What it is, for the error: <c>its next page</c>.</param>
    /// <returns>The address it leads to, without an API key that the API put back into it.</returns>
    /// <exception cref="RestFailure">It leads elsewhere, or nowhere.</exception>
    public Uri Resolve(Uri from, string link, string what)
    {
        if (!Uri.TryCreate(from, link, out Uri? to) || !IsWeb(to))
        {
            throw new RestFailure(RestFailure.Body, $"says that {what} is at {Excerpt.Of(link)}, which is no address");
        }

        if (to.UserInfo.Length > 0 || !IsHere(to))
        {
            string elsewhere = to.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
            throw new RestFailure(
                RestFailure.Body,
                $"says that {what} is at {elsewhere}, not at {Host}, and is not followed: credentials never leave the scheme, host and port of `base_url`. Set `base_url` to that host if it is the right one");
        }

        return new Uri(to.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + WithoutSecret(to.Query));
    }

    /// <summary>The address that a label stands for.</summary>
    /// <param name="label">See <see cref="Label"/>.</param>
    /// <returns>The address.</returns>
    /// <exception cref="RestFailure">It is not of the host.</exception>
    public Uri Of(string label)
    {
        // Put together as text: resolved as a link, what begins with two slashes would name another host.
        var address = new Uri(
            label.StartsWith('/') ? _base.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) + label
            : IsWhole(label) ? label
            : _base.AbsoluteUri + label);
        return IsHere(address) ? address : throw Wrong($"{address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)} is not {Host}");
    }

    /// <summary>The name of an address, as <see cref="RestPage.Address"/> has it. One that is not below the base is whole, or, where
    /// the base has a name of its own, the path from the host on.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Its name.</returns>
    public string Label(Uri address)
    {
        string whole = address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        string below = whole.StartsWith(_base.AbsoluteUri, StringComparison.Ordinal) ? whole[_base.AbsoluteUri.Length..] : "";

        // What stands below the base may look like an address of its own, as in https://api/v1/https://elsewhere/: it is named whole.
        return below.Length > 0 && below[0] != '/' && !IsWhole(below) ? below
            : _resource.BaseLabel is null || !IsHere(address) ? whole
            : address.PathAndQuery;
    }

    /// <summary>An address where people read it.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The base's name and the address's.</returns>
    public string Shown(Uri address)
    {
        string label = Label(address);
        string of = _resource.BaseLabel ?? _base.AbsoluteUri;
        return IsWhole(label) ? label
            : of.EndsWith('/') || of.EndsWith(':') || label.StartsWith('/') ? of + label
            : $"{of}/{label}";
    }

    private string Host => _resource.BaseLabel ?? _base.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    private static bool IsWeb(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;

    private bool IsHere(Uri address) => Uri.Compare(address, _base, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static bool IsWhole(string label) =>
        label.StartsWith("http://", StringComparison.Ordinal) || label.StartsWith("https://", StringComparison.Ordinal);

    private static RestFailure Wrong(string message) => new(RestFailure.Connection, $"cannot be asked: {message}");

    private static void Put(List<KeyValuePair<string, string>> parameters, KeyValuePair<string, string> parameter)
    {
        int at = parameters.FindIndex(p => p.Key == parameter.Key);
        if (at < 0)
        {
            parameters.Add(parameter);
        }
        else
        {
            parameters[at] = parameter;
        }
    }

    /// <summary>The dots would climb up in the path; nothing at all would ask for something else.</summary>
    private static string Segment(RestParent by, string? value) => value is null or "" or "." or ".."
        ? throw Wrong($"`{value}` of `{by.Resource}.{by.Field}` cannot be part of a path")
        : Uri.EscapeDataString(value);

    private string WithoutSecret(string query)
    {
        if (_secretParameter is null || query.Length < 2)
        {
            return query;
        }

        string rest = string.Join('&', query[1..].Split('&').Where(parameter => Name(parameter) != _secretParameter));
        return rest.Length == 0 ? "" : "?" + rest;
    }

    private static string Name(string parameter) => Uri.UnescapeDataString(parameter.Split('=')[0].Replace('+', ' '));
}
