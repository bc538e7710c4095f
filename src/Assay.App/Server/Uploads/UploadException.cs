namespace Assay.App.Server;

/// <summary>An upload is refused.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="errorType">The kind of error, for programs.</param>
/// <param name="message">What is wrong, and what to do.</param>
internal sealed class UploadException(int status, string errorType, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The kind of error, for programs.</summary>
    public string ErrorType { get; } = errorType;
}
