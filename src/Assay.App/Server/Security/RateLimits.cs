using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Assay.App.Server;

/// <summary>Limits how often one key, or one address without a key, may ask.</summary>
internal static class RateLimits
{
    private const string RetrySeconds = "1";

    /// <summary>Sets the limit.</summary>
    public static void Configure(RateLimiterOptions limiter, ServerOptions options)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            context.Caller() is { } caller ? $"key {caller.Name}" : $"address {context.Connection.RemoteIpAddress}",
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.RateLimit,
                TokensPerPeriod = PerPeriod(options.RateLimit),
                ReplenishmentPeriod = TimeSpan.FromSeconds((double)PerPeriod(options.RateLimit) / options.RateLimit),
                QueueLimit = 0,
                AutoReplenishment = true,
            }));
        limiter.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = RetrySeconds;
            await Problem.WriteAsync(
                rejected.HttpContext,
                StatusCodes.Status429TooManyRequests,
                string.Create(CultureInfo.InvariantCulture, $"more than {options.RateLimit} requests a second; ask again in a second"),
                "rate_limited");
        };
    }

    /// <summary>About ten times a second, and in periods that give the limit exactly.</summary>
    private static int PerPeriod(int limit) => (limit + 9) / 10;
}
