namespace Assay.Store;

/// <summary>A database cannot be reached, or refused what was asked. The message names the database, never its password.</summary>
public sealed class EngineException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="engine">The database's name, such as <c>postgres</c>.</param>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="cause">What the driver said.</param>
    public EngineException(string engine, string message, Exception? cause = null)
        : base($"{engine}: {message}", cause)
    {
        Engine = engine;
        Reason = message;
    }

    /// <summary>The database's name.</summary>
    public string Engine { get; }

    /// <summary>The message without the database's name.</summary>
    public string Reason { get; }

    /// <summary>Whether the same may succeed a little later, as after a deadlock or a lost connection.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether what was given to reach the database is wrong as it stands, whatever the database would say.</summary>
    public bool IsMisconfigured { get; init; }

    /// <summary>The same, told of what it happened to.</summary>
    /// <param name="what">For example <c>KPI `top_products`</c>.</param>
    /// <returns>The exception to throw instead; this one is its cause.</returns>
    public EngineException Of(string what) => new(Engine, $"{what}: {Reason}", this) { IsTransient = IsTransient, IsMisconfigured = IsMisconfigured };
}
