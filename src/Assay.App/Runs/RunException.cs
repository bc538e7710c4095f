namespace Assay.App.Runs;

/// <summary>A run cannot go on, and nothing was published.</summary>
/// <param name="message">Why, and what to do.</param>
internal sealed class RunException(string message) : Exception(message);
