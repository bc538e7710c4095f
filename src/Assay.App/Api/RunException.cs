namespace Assay;

/// <summary>A run cannot go on, and nothing was published.</summary>
public sealed class RunException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Why, and what to do.</param>
    public RunException(string message)
        : base(message)
    {
    }

    /// <summary>Whether the pipeline or how it was called is the cause, so that nothing was run.</summary>
    internal bool IsConfiguration { get; init; }
}
