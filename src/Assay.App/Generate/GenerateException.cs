namespace Assay.App.Generate;

/// <summary>What was asked for does not fit what the file declares; nothing was written.</summary>
/// <param name="message">What does not fit, and what would.</param>
public sealed class GenerateException(string message) : Exception(message);
