namespace Assay.Read.Rest;

/// <summary>How requests say who asks. The secrets are in no message, log or address.</summary>
public abstract record RestAuthentication
{
    /// <summary>Requests say nothing of it.</summary>
    public static RestAuthentication None { get; } = new Nothing();

    /// <summary>Nothing at all.</summary>
    public sealed record Nothing : RestAuthentication;

    /// <summary><c>Authorization: Bearer …</c> (RFC 6750).</summary>
    /// <param name="Token">The token.</param>
    public sealed record Bearer(string Token) : RestAuthentication;

    /// <summary><c>Authorization: Basic …</c> (RFC 7617), in UTF-8.</summary>
    /// <param name="Username">The user.</param>
    /// <param name="Password">The password.</param>
    public sealed record HttpBasic(string Username, string Password) : RestAuthentication;

    /// <summary>A key under a name of the API's own.</summary>
    /// <param name="Name">The name of the header, query parameter or cookie.</param>
    /// <param name="Key">The key.</param>
    /// <param name="Location">Where it goes.</param>
    public sealed record ApiKey(string Name, string Key, ApiKeyLocation Location) : RestAuthentication;

    /// <summary>A token that is fetched for a client's name and secret (RFC 6749, section 4.4), and again before it expires or when it is refused.</summary>
    /// <param name="AccessTokenUrl">Where it is fetched.</param>
    /// <param name="ClientId">The client.</param>
    /// <param name="ClientSecret">Its secret.</param>
    /// <param name="Scope">What is asked for, or null.</param>
    public sealed record OAuth2ClientCredentials(Uri AccessTokenUrl, string ClientId, string ClientSecret, string? Scope) : RestAuthentication;

    /// <summary>Its kind alone: secrets are printed nowhere.</summary>
    public sealed override string ToString() => GetType().Name;
}
