using System.Net.Http.Headers;

namespace Assay.Read.Rest;

/// <summary>Asks for the pages of one resource.</summary>
internal sealed class PageRequests
{
    private const int MostRedirects = 5;

    private readonly RestResource _resource;
    private readonly ResourceAddress _addresses;
    private readonly RestTransport _transport;
    private readonly RestCounters _counters;
    private readonly RestSecrets _secrets;
    private readonly RestPatience _patience;
    private readonly AccessTokens? _tokens;

    /// <summary>Makes them.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="addresses">Its addresses.</param>
    /// <param name="transport">What sends.</param>
    /// <param name="counters">What counts.</param>
    public PageRequests(RestResource resource, ResourceAddress addresses, RestTransport transport, RestCounters counters)
    {
        _resource = resource;
        _addresses = addresses;
        _transport = transport;
        _counters = counters;
        _secrets = new RestSecrets(resource.Authentication);
        _patience = new RestPatience(resource.Name, resource.Limits, transport, counters, _secrets);
        _tokens = resource.Authentication is RestAuthentication.OAuth2ClientCredentials credentials ? transport.Tokens(credentials) : null;
    }

    /// <summary>Asks for a page.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="known">The page as it was before, which is asked for only if it changed; null without.</param>
    /// <param name="shape">What to look for in it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The answer; without a body when the page is unchanged.</returns>
    /// <exception cref="ReadException">There is no answer that can be used.</exception>
    public Task<PageAnswer> GetAsync(Uri address, RestPage? known, PageShape shape, CancellationToken cancellationToken)
    {
        RestHost host = _transport.Host(address, _resource.Limits);
        return _patience.TryAsync(_addresses.Shown(address), host, token => FollowAsync(host, address, known, shape, token), cancellationToken);
    }

    /// <summary>Reads what a page says that was kept.</summary>
    /// <param name="kept">Its body.</param>
    /// <param name="shape">What to look for in it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What it says.</returns>
    public async ValueTask<PageContent> ReadAsync(Stream kept, PageShape shape, CancellationToken cancellationToken)
    {
        using var body = new PageBuffer();
        await body.FillAsync(kept, Array.MaxLength, cancellationToken);
        return PageScan.Read(body.Written, shape, null, _secrets);
    }

    /// <summary>The error of a page that cannot be used.</summary>
    /// <param name="address">Its address; null when it has none.</param>
    /// <param name="failure">Why.</param>
    /// <returns>The error.</returns>
    public ReadException Refused(Uri? address, RestFailure failure) =>
        _patience.Refused(address is null ? _resource.Path : _addresses.Shown(address), failure);

    /// <summary>One try: a redirect within the host is followed, and a token that is refused is renewed once.</summary>
    private async ValueTask<PageAnswer> FollowAsync(RestHost host, Uri address, RestPage? known, PageShape shape, CancellationToken cancellationToken)
    {
        bool isRenewed = false;
        for (int redirects = 0; redirects <= MostRedirects;)
        {
            string? token = _tokens is null ? null : await _tokens.GetAsync(_resource, _addresses, _patience, _counters, _secrets, cancellationToken);
            PageAnswer answer;
            try
            {
                answer = await _patience.SendAsync(host, () => Message(address, token, known), (response, inner) => TakeAsync(address, response, known, shape, inner), cancellationToken);
            }
            catch (RestFailure failure) when (failure.Cause == "401" && token is not null && !isRenewed)
            {
                _counters.Retried(failure.Cause);
                _tokens!.Refuse(token);
                isRenewed = true;
                continue;
            }

            if (answer.Elsewhere is null)
            {
                return answer;
            }

            address = answer.Elsewhere;
            redirects++;
        }

        throw new RestFailure("300", $"was redirected more than {MostRedirects} times: set `base_url` and `path` to where the resource is");
    }

    private async ValueTask<PageAnswer> TakeAsync(Uri address, HttpResponseMessage response, RestPage? known, PageShape shape, CancellationToken cancellationToken)
    {
        int status = (int)response.StatusCode;
        if (status == 304 && known is not null)
        {
            return Answer(address, response, null, null);
        }

        if (status is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location)
        {
            return new PageAnswer { From = address, Elsewhere = _addresses.Resolve(address, location.OriginalString, "the resource") };
        }

        if (!response.IsSuccessStatusCode)
        {
            string said = await ResponseBody.TellAsync(response, _counters, _secrets, cancellationToken);
            throw StatusFault.Of(response, said, _resource.Authentication, _transport.Time);
        }

        PageBuffer body = await ResponseBody.ReadAsync(response, _resource.Limits.LargestPage, _counters, cancellationToken);
        try
        {
            return Answer(address, response, body, PageScan.Read(body.Written, shape, response.Content.Headers.ContentType?.MediaType, _secrets));
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static PageAnswer Answer(Uri address, HttpResponseMessage response, PageBuffer? body, PageContent? content) => new()
    {
        From = address,
        Body = body,
        Content = content,
        ETag = Header(response.Headers, "ETag"),
        LastModified = LastModified(response),
        Links = response.Headers.NonValidated.TryGetValues("Link", out HeaderStringValues links) ? [.. links] : [],
    };

    /// <summary>A page that changed in the very second in which it was sent may have changed once more in it: its date says nothing (RFC 9110, section 8.8.2.2).</summary>
    private static string? LastModified(HttpResponseMessage response) =>
        response.Content.Headers.LastModified >= response.Headers.Date ? null : Header(response.Content.Headers, "Last-Modified");

    private static string? Header(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.ToString() : null;

    private HttpRequestMessage Message(Uri address, string? token, RestPage? known)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, WithKey(address));
        foreach ((string name, string value) in _resource.Headers)
        {
            Put(message, name, value);
        }

        PutUnlessThere(message, "Accept", "application/json");
        PutUnlessThere(message, "User-Agent", "assay");
        PutUnlessThere(message, "Accept-Encoding", ResponseBody.Encodings);
        // A tag may have characters that no request can send: then it is as if there were none.
        if (known?.ETag is { } tag && IsSendable(tag))
        {
            Put(message, "If-None-Match", tag);
        }

        if (known?.LastModified is { } modified && IsSendable(modified))
        {
            Put(message, "If-Modified-Since", modified);
        }

        switch (_resource.Authentication)
        {
            case RestAuthentication.Bearer bearer:
                Put(message, "Authorization", "Bearer " + bearer.Token);
                break;
            case RestAuthentication.HttpBasic basic:
                Put(message, "Authorization", "Basic " + RestSecrets.Basic(basic));
                break;
            case RestAuthentication.OAuth2ClientCredentials:
                Put(message, "Authorization", "Bearer " + token);
                break;
            case RestAuthentication.ApiKey { Location: ApiKeyLocation.Header } key:
                Put(message, key.Name, key.Key);
                break;
            case RestAuthentication.ApiKey { Location: ApiKeyLocation.Cookie } key:
                Put(message, "Cookie", $"{key.Name}={key.Key}");
                break;
        }

        return message;
    }

    private Uri WithKey(Uri address)
    {
        if (_resource.Authentication is not RestAuthentication.ApiKey { Location: ApiKeyLocation.Query } key)
        {
            return address;
        }

        string more = $"{Uri.EscapeDataString(key.Name)}={Uri.EscapeDataString(key.Key)}";
        return new Uri(address.AbsoluteUri + (address.Query.Length == 0 ? "?" : "&") + more);
    }

    private static void PutUnlessThere(HttpRequestMessage message, string name, string value)
    {
        if (!message.Headers.Contains(name))
        {
            Put(message, name, value);
        }
    }

    private static bool IsSendable(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    /// <summary>The value is left out of the message: it may be a secret.</summary>
    private static void Put(HttpRequestMessage message, string name, string value)
    {
        bool isPut = IsSendable(value) && message.Headers.TryAddWithoutValidation(name, value);
        if (!isPut)
        {
            throw new RestFailure(RestFailure.Connection, $"cannot be asked: the header `{name}` cannot be sent with a request, which has ASCII text alone; check `headers` and `auth`");
        }
    }
}
