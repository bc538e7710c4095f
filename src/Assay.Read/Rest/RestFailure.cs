namespace Assay.Read.Rest;

/// <summary>A try of a request that came to nothing. Its message goes on from the address: <c>answered 503 …</c>.</summary>
/// <param name="cause">What it is counted as: a status, <c>timeout</c>, <c>connection</c> or <c>body</c>.</param>
/// <param name="message">What happened, and what to do about it.</param>
/// <param name="inner">What the system said, if anything.</param>
internal sealed class RestFailure(string cause, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The cause of a try that took too long.</summary>
    public const string Timeout = "timeout";

    /// <summary>The cause of a try that was not answered.</summary>
    public const string Connection = "connection";

    /// <summary>The cause of an answer that ended early, or is not what it should be.</summary>
    public const string Body = "body";

    /// <summary>What it is counted as.</summary>
    public string Cause { get; } = cause;

    /// <summary>What happened, in a few words.</summary>
    public string InShort => Cause switch
    {
        Timeout => "no answer in time",
        Connection => "no connection, or a broken one",
        Body => "an answer that cannot be used",
        _ => $"answered {Cause}",
    };

    /// <summary>Whether another try may do better.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether it says that the host is in trouble, which is the circuit breaker's business.</summary>
    public bool IsOfHost { get; init; }

    /// <summary>How long the API asks to wait; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
