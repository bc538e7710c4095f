using System.Net;
using System.Net.Http.Headers;

namespace Assay.Read.Rest;

/// <summary>Says what an answer other than a page means, and what to do about it.</summary>
internal static class StatusFault
{
    /// <summary>Takes a refusal.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="said">The sentence that tells its body.</param>
    /// <param name="authentication">How the request said who asks.</param>
    /// <param name="time">Tells the time.</param>
    /// <returns>The failure. 408, 429 and all from 500 on may be tried again.</returns>
    public static RestFailure Of(HttpResponseMessage response, string said, RestAuthentication authentication, TimeProvider time)
    {
        int status = (int)response.StatusCode;
        bool isTransient = status is 408 or 429 or >= 500;
        return new RestFailure(ResponseBody.Status(response.StatusCode), $"answered {status}{Phrase(response)}: {Advice(status, authentication)}. {said}")
        {
            IsTransient = isTransient,
            IsOfHost = status >= 500,
            RetryAfter = isTransient ? RetryAfter(response, time) : null,
        };
    }

    /// <summary>What <c>Retry-After</c> asks for (RFC 9110, section 10.2.3): seconds, or a time, which is seen from the answer's own
    /// <c>Date</c> when it has one, so that clocks need not agree. No time at all, or one that has passed, asks for nothing: the usual waits are taken.</summary>
    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        RetryConditionHeaderValue? asked = response.Headers.RetryAfter;
        TimeSpan? wait = asked?.Delta ?? (asked?.Date is { } date ? date - (response.Headers.Date ?? time.GetUtcNow()) : null);
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static string Phrase(HttpResponseMessage response) =>
        response.ReasonPhrase is { Length: > 0 } phrase ? $" {Excerpt.Of(phrase)}" : "";

    private static string Advice(int status, RestAuthentication authentication) => status switch
    {
        (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden => Advice(authentication),
        (int)HttpStatusCode.NotFound => "check `path` and `base_url`",
        (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests => "lower `requests_per_second` or `concurrency`",
        >= 500 => "the API is in trouble: run again later, or raise `attempts`",
        >= 300 and < 400 => "set `base_url` and `path` to where the resource is",
        _ => "check `path`, `params` and `headers`",
    };

    private static string Advice(RestAuthentication authentication) => authentication switch
    {
        RestAuthentication.Bearer => "check the token of `auth` (`token`), and what it may read",
        RestAuthentication.HttpBasic => "check `username` and `password` of `auth`, and what the user may read",
        RestAuthentication.ApiKey => "check the key of `auth` (`api_key`), its `name` and `location`, and what it may read",
        RestAuthentication.OAuth2ClientCredentials => "check `client_id`, `client_secret` and `scope` of `auth`",
        _ => "the API wants to know who asks, and the source has no `auth`",
    };
}
