namespace Assay.App.Pipelines;

/// <summary>How a pipeline's file says that a database is reached.</summary>
/// <param name="Text">The connection, with its variables filled in; null when one of them has no value. Never shown.</param>
/// <param name="Problem">What is wrong with it, for whoever wants to use it; null when nothing is.</param>
public sealed record EngineConnection(string? Text, string? Problem)
{
    /// <summary>Keeps the connection out of messages and logs.</summary>
    /// <returns>Nothing of it.</returns>
    public override string ToString() => Problem ?? "a connection";
}
