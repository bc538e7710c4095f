namespace Assay.App;

/// <summary>What was asked for does not exist or makes no sense; nothing was run.</summary>
/// <param name="message">What is wrong, and what to do.</param>
internal sealed class UsageException(string message) : Exception(message);
