using Polly;
using Polly.CircuitBreaker;

namespace Assay.Read.Rest;

/// <summary>What all requests to one host share: its rate limit and its circuit breaker.</summary>
internal sealed class RestHost
{
    private readonly CircuitBreakerStateProvider _state = new();

    /// <summary>Makes them.</summary>
    /// <param name="backoff">The first wait between tries: the breaker holds requests back for twice as long, half a second at least and a minute at most.</param>
    /// <param name="time">Tells the time.</param>
    public RestHost(TimeSpan backoff, TimeProvider time)
    {
        Limit = new RateLimit(time);
        Break = TimeSpan.FromSeconds(Math.Clamp(backoff.TotalSeconds * 2, 0.5, 60));
        var options = new CircuitBreakerStrategyOptions
        {
            // Nine of ten tries must fail, of twenty at least: an API that fails now and then is what retries are for.
            FailureRatio = 0.9,
            MinimumThroughput = 20,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = Break,
            StateProvider = _state,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is RestFailure { IsOfHost: true }),
        };
        Circuit = new ResiliencePipelineBuilder { TimeProvider = time }.AddCircuitBreaker(options).Build();
    }

    /// <summary>Its rate limit.</summary>
    public RateLimit Limit { get; }

    /// <summary>Its circuit breaker.</summary>
    public ResiliencePipeline Circuit { get; }

    /// <summary>Whether a request is under way that tells whether the circuit closes.</summary>
    public bool IsProbed => _state.CircuitState == CircuitState.HalfOpen;

    /// <summary>How long the breaker holds requests back before one is let through to see.</summary>
    public TimeSpan Break { get; }
}
