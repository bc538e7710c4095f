namespace Assay.Store;

/// <summary>Something could not be written. What was published before is untouched.</summary>
public sealed class StoreException : Exception
{
    // The numbers are those of errno, which .NET passes on as HResult, and of Windows.
    private const int NoSpace = 28;
    private const int ReadOnlySystem = 30;
    private const int QuotaOnLinux = 122;
    private const int QuotaOnMac = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsWriteProtected = unchecked((int)0x80070013);

    /// <summary>Makes one with a message of its own.</summary>
    /// <param name="path">The file or folder that it is about.</param>
    /// <param name="message">What is wrong and what to do about it.</param>
    /// <param name="inner">The cause, when there is one.</param>
    public StoreException(string path, string message, Exception? inner = null)
        : base(message, inner) => Path = path;

    /// <summary>The file or folder that could not be written.</summary>
    public string Path { get; }

    /// <summary>Whether an exception is one of those that <see cref="For"/> explains.</summary>
    internal static bool Explains(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Says in plain words why a path could not be written.</summary>
    internal static StoreException For(string path, Exception cause)
    {
        string message = cause switch
        {
            UnauthorizedAccessException =>
                $"no permission to write {path}: the published gold is untouched; change the permissions or set ASSAY_HOME",
            { HResult: NoSpace or QuotaOnLinux or QuotaOnMac or WindowsDiskFull or WindowsHandleDiskFull } =>
                $"no space left on {path}: the published gold is untouched; free space or set ASSAY_HOME",
            { HResult: ReadOnlySystem or WindowsWriteProtected } =>
                $"{path} is on a read-only file system: the published gold is untouched; set ASSAY_HOME to a folder that can be written",
            _ => $"cannot write {path}: {cause.Message}",
        };
        return new StoreException(path, message, cause);
    }
}
