using System.Diagnostics;

namespace Assay.Store;

/// <summary>
/// A file held open so that no other process, nor another part of this one, can hold it too. The system lets
/// go of it when the process ends, however it ends.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int BusyOnLinux = 11;
    private const int BusyOnMac = 35;
    private const int BusyOnWindows = unchecked((int)0x80070020);
    /// <summary>How long to wait for whoever holds a lock.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock that guards a folder's changes, waiting for whoever holds it.</summary>
    /// <param name="folder">The folder; its lock file <c>.lock</c> stays there.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="StoreException">Another process did not let go of it within a minute.</exception>
    public static FileLock OfFolder(string folder, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, ".lock");
        return Take(path, Patience, cancellationToken)
            ?? throw new StoreException(path, $"another process has held {path} for a minute; end it, then run again");
    }

    /// <summary>Takes a lock file, waiting for whoever holds it; it is made when it is missing.</summary>
    /// <returns>The lock, or null when it is still held after that time.</returns>
    public static FileLock? Take(string path, TimeSpan patience, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (Stopwatch.GetElapsedTime(started) >= patience)
            {
                return null;
            }

            cancellationToken.WaitHandle.WaitOne(Pause);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Takes a lock file if nobody holds it; it is made when it is missing.</summary>
    /// <returns>The lock, or null when it is held.</returns>
    public static FileLock? TryTake(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException e) when (e.HResult is BusyOnLinux or BusyOnMac or BusyOnWindows)
        {
            return null;
        }
    }

    /// <summary>Lets go of the lock.</summary>
    public void Dispose() => _file.Dispose();
}
