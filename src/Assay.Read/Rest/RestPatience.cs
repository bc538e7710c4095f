using System.Globalization;
using System.Security.Cryptography;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Assay.Read.Rest;

/// <summary>Sends the requests of one resource with its patience: tries, waits, time limits, the rate limit and the circuit breaker.</summary>
/// <remarks>
/// While a host's circuit is open, requests to it wait, which counts as no try: each for as long in all as its waits between tries
/// would last, three breaks at least. So a host that is down is asked seldom, and is given up no sooner than without the breaker.
/// </remarks>
internal sealed class RestPatience
{
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(1);

    private readonly string _source;
    private readonly RestLimits _limits;
    private readonly RestTransport _transport;
    private readonly RestCounters _counters;
    private readonly RestSecrets _secrets;
    private readonly ResiliencePipeline _retry;
    private readonly ResiliencePipeline _timeout;
    private readonly TimeSpan _patience;

    /// <summary>Makes it.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="limits">How much patience.</param>
    /// <param name="transport">What sends.</param>
    /// <param name="counters">What counts.</param>
    /// <param name="secrets">What is never shown.</param>
    public RestPatience(string source, RestLimits limits, RestTransport transport, RestCounters counters, RestSecrets secrets)
    {
        _source = source;
        _limits = limits;
        _transport = transport;
        _counters = counters;
        _secrets = secrets;
        var retry = new ResiliencePipelineBuilder { TimeProvider = transport.Time };
        if (limits.Attempts > 1)
        {
            retry.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = limits.Attempts - 1,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is RestFailure { IsTransient: true } failure && !IsTooLong(failure)),
                DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(
                    (arguments.Outcome.Exception as RestFailure)?.RetryAfter ?? Jittered(Wait(arguments.AttemptNumber))),
                OnRetry = Retrying,
            });
        }

        _retry = retry.Build();
        _timeout = new ResiliencePipelineBuilder { TimeProvider = transport.Time }.AddTimeout(limits.Timeout).Build();
        for (int i = 0; i < limits.Attempts - 1; i++)
        {
            _patience += Wait(i);
        }
    }

    /// <summary>The tries of one request.</summary>
    private static readonly ResiliencePropertyKey<string> Address = new("address");

    /// <summary>Tries something until it comes off.</summary>
    /// <param name="address">What is asked for, as people may see it.</param>
    /// <param name="host">The host.</param>
    /// <param name="attempt">One try; what may be tried again is a <see cref="RestFailure"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What the last try gave.</returns>
    /// <exception cref="ReadException">No try came off.</exception>
    public async Task<T> TryAsync<T>(string address, RestHost host, Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        int tries = 0;
        var held = new Held();
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Address, address);
        try
        {
            return await _retry.ExecuteAsync(
                async inner =>
                {
                    tries++;
                    return await ThroughCircuitAsync(host, attempt, held, inner.CancellationToken);
                },
                context);
        }
        catch (RestFailure failure)
        {
            throw Refused(address, failure, tries);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Sends a request once, when the rate limit allows, and reads its answer, all within the time that one try has.</summary>
    /// <param name="host">The host.</param>
    /// <param name="make">Makes the request.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="RestFailure">It was not answered, or not in time; or what <paramref name="read"/> raises.</exception>
    public async ValueTask<T> SendAsync<T>(
        RestHost host, Func<HttpRequestMessage> make, Func<HttpResponseMessage, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        (RateLimit.Token token, TimeSpan waited) = await host.Limit.TakeAsync(cancellationToken);
        long start = _transport.Time.GetTimestamp();
        try
        {
            _counters.Sent(waited);
            return await _timeout.ExecuteAsync(
                async inner =>
                {
                    using HttpRequestMessage message = make();
                    using HttpResponseMessage response = await AnswerAsync(message, inner);
                    token.Spend();
                    return await read(response, inner);
                },
                cancellationToken);
        }
        catch (TimeoutRejectedException error)
        {
            string seconds = _limits.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            throw new RestFailure(RestFailure.Timeout, $"was not answered within {seconds} s: raise `timeout` if the API is slow", error) { IsTransient = true, IsOfHost = true };
        }
        finally
        {
            token.Spend();
            _counters.Ended(_transport.Time.GetElapsedTime(start));
        }
    }

    /// <summary>The end of a request that came to nothing.</summary>
    /// <param name="address">What was asked for, as people may see it.</param>
    /// <param name="failure">Why.</param>
    /// <param name="tries">How often it was tried.</param>
    /// <returns>The error.</returns>
    public ReadException Refused(string address, RestFailure failure, int tries = 1)
    {
        string asked = failure.IsTransient && IsTooLong(failure)
            ? $" It asks to wait for {Seconds(failure.RetryAfter!.Value)}, and the longest wait is {Seconds(_limits.LongestWait)}: run again later."
            : "";
        string times = tries > 1 ? $" (the last of {tries} tries)" : "";
        string message = _secrets.Hide($"{_source}: {address} {failure.Message}{times}.{asked}");
        return new ReadException(ReadErrorKind.Remote, _source, _secrets.Hide(address), message, failure.InnerException);
    }

    private async ValueTask<T> ThroughCircuitAsync<T>(
        RestHost host, Func<CancellationToken, ValueTask<T>> attempt, Held held, CancellationToken cancellationToken)
    {
        TimeSpan patience = _patience > 3 * host.Break ? _patience : 3 * host.Break;
        while (true)
        {
            try
            {
                return await host.Circuit.ExecuteAsync(attempt, cancellationToken);
            }
            catch (BrokenCircuitException open)
            {
                // Nobody is given up while somebody finds out that the host is well again.
                bool isProbed = host.IsProbed;
                if (held.Time >= patience && !isProbed)
                {
                    string last = open.InnerException is RestFailure failure ? $"; the last request to it {failure.Message}" : "";
                    throw new RestFailure(RestFailure.Connection, $"was held back for {Seconds(held.Time)}, because its host answers nothing well{last}", open);
                }

                TimeSpan wait = !isProbed && open.RetryAfter is { } after && after > TimeSpan.Zero ? after : host.Break / 10;
                _transport.Notify($"{_source}: the host is in trouble; asking again in {Seconds(wait)}.");
                await Task.Delay(wait, _transport.Time, cancellationToken);
                held.Time += wait;
            }
        }
    }

    private async ValueTask<HttpResponseMessage> AnswerAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.SendAsync(message, cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw ConnectionFault.Of(error);
        }
    }

    private ValueTask Retrying(OnRetryArguments<object> arguments)
    {
        if (arguments.Outcome.Exception is RestFailure failure)
        {
            _counters.Retried(failure.Cause);
            if (arguments.RetryDelay >= WorthTelling)
            {
                string address = arguments.Context.Properties.GetValue(Address, "");
                _transport.Notify(_secrets.Hide(
                    $"{_source}: {address}: {failure.InShort}; trying again in {Seconds(arguments.RetryDelay)} ({arguments.AttemptNumber + 2} of {_limits.Attempts})."));
            }
        }

        return ValueTask.CompletedTask;
    }

    private bool IsTooLong(RestFailure failure) => failure.RetryAfter > _limits.LongestWait;

    private TimeSpan Wait(int attempt)
    {
        double wait = _limits.Backoff.TotalSeconds * Math.Pow(2, attempt);
        return wait > _limits.LongestWait.TotalSeconds ? _limits.LongestWait : TimeSpan.FromSeconds(wait);
    }

    /// <summary>Chance, not a seed: what matters is that several clients do not come back all at once, and no result depends on it.</summary>
    private static TimeSpan Jittered(TimeSpan wait) => wait * (0.75 + (RandomNumberGenerator.GetInt32(5001) / 10000.0));

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s";

    /// <summary>How long a request has waited for a circuit to close, over all its tries.</summary>
    private sealed class Held
    {
        public TimeSpan Time { get; set; }
    }
}
