using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Assay.Read.Rest;

/// <summary>The access tokens of one client (RFC 6749, section 4.4): fetched when first needed, shared by all its requests, and fetched again before they expire.</summary>
/// <remarks>The client's name and secret go as HTTP Basic, which every server must understand (section 2.3.1); a server that refuses
/// that with 400 or 401 is asked once more with both in the form, which some want.</remarks>
internal sealed class AccessTokens(RestAuthentication.OAuth2ClientCredentials credentials, RestTransport transport)
{
    /// <summary>A token is renewed a minute before it expires, or, when it lives shorter than ten, after nine tenths of its life.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private string? _token;
    private DateTimeOffset _until;
    private bool _isInForm;

    /// <summary>A token that is good for now.</summary>
    /// <param name="resource">The resource that needs it, for errors and limits.</param>
    /// <param name="addresses">Its addresses.</param>
    /// <param name="patience">Its patience.</param>
    /// <param name="counters">What counts.</param>
    /// <param name="secrets">Takes the token, which is never shown.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The token.</returns>
    /// <exception cref="ReadException">There is none to be had.</exception>
    public async ValueTask<string> GetAsync(
        RestResource resource, ResourceAddress addresses, RestPatience patience, RestCounters counters, RestSecrets secrets, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Another request may say at any moment that it was refused: what is looked at is one and the same token.
            string? held = _token;
            if (held is null || transport.Time.GetUtcNow() >= _until)
            {
                RestHost host = transport.Host(credentials.AccessTokenUrl, resource.Limits);
                string shown = "the token of " + addresses.Shown(credentials.AccessTokenUrl);
                Grant grant = await patience.TryAsync(shown, host, token => FetchAsync(host, patience, counters, secrets, token), cancellationToken);
                _token = held = grant.Token;
                _until = transport.Time.GetUtcNow() + grant.Life;
            }

            secrets.Add(held);
            return held;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Says that a token was refused: the next one is fetched, unless it was renewed meanwhile.</summary>
    /// <param name="token">The token, as <see cref="GetAsync"/> gave it: the very object tells whether it is still held.</param>
    public void Refuse(string token) => Interlocked.CompareExchange(ref _token, null, token);

    private async ValueTask<Grant> FetchAsync(
        RestHost host, RestPatience patience, RestCounters counters, RestSecrets secrets, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(host, patience, counters, secrets, cancellationToken);
        }
        catch (RestFailure failure) when (!_isInForm && failure.Cause is "400" or "401")
        {
            counters.Retried(failure.Cause);
            _isInForm = true;
            return await SendAsync(host, patience, counters, secrets, cancellationToken);
        }
    }

    private ValueTask<Grant> SendAsync(RestHost host, RestPatience patience, RestCounters counters, RestSecrets secrets, CancellationToken cancellationToken) =>
        patience.SendAsync(host, Message, (response, token) => TakeAsync(response, counters, secrets, token), cancellationToken);

    private HttpRequestMessage Message()
    {
        List<KeyValuePair<string, string>> form = [new("grant_type", "client_credentials")];
        if (credentials.Scope is { } scope)
        {
            form.Add(new("scope", scope));
        }

        var message = new HttpRequestMessage(HttpMethod.Post, credentials.AccessTokenUrl);
        message.Headers.Accept.ParseAdd("application/json");
        if (_isInForm)
        {
            form.Add(new("client_id", credentials.ClientId));
            form.Add(new("client_secret", credentials.ClientSecret));
        }
        else
        {
            string pair = $"{Uri.EscapeDataString(credentials.ClientId)}:{Uri.EscapeDataString(credentials.ClientSecret)}";
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }

        message.Content = new FormUrlEncodedContent(form);
        return message;
    }

    private async ValueTask<Grant> TakeAsync(HttpResponseMessage response, RestCounters counters, RestSecrets secrets, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            string said = await ResponseBody.TellAsync(response, counters, secrets, cancellationToken);
            throw StatusFault.Of(response, said, credentials, transport.Time);
        }

        using PageBuffer body = await ResponseBody.ReadAsync(response, 1 << 20, counters, cancellationToken);
        try
        {
            using JsonDocument document = JsonDocument.Parse(body.Written);
            if (JsonPath.Text(document.RootElement, ["access_token"]) is { Length: > 0 } token)
            {
                return new Grant(token, Life(document.RootElement));
            }
        }
        catch (JsonException error)
        {
            throw new RestFailure(RestFailure.Body, "is no JSON: check `access_token_url`", error) { IsTransient = true };
        }

        // What it said is left out here and above: the token may be in it in another form.
        throw new RestFailure(RestFailure.Body, "has no `access_token`: check `access_token_url`");
    }

    private static TimeSpan Life(JsonElement grant)
    {
        if (!double.TryParse(JsonPath.Text(grant, ["expires_in"]), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
        {
            return TimeSpan.FromDays(1);
        }

        TimeSpan life = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 86_400));
        return life >= Margin * 10 ? life - Margin : life * 0.9;
    }

    private sealed record Grant(string Token, TimeSpan Life);
}
