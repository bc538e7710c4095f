using System.Runtime.InteropServices;

namespace Assay.Store;

/// <summary>The few system calls that .NET does not offer: making a folder's entries last, and replacing a link.</summary>
internal static partial class Durable
{
    private const int ReadOnly = 0;

    /// <summary>Waits until a file's content is on the disk.</summary>
    public static void SyncFile(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Waits until a folder's entries (names and renames) are on the disk; Windows needs no such step.</summary>
    public static void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            throw LastError(path);
        }

        int result = Sync(descriptor);
        IOException? failure = result < 0 ? LastError(path) : null;
        _ = Close(descriptor);
        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <summary>Puts a link to a folder in the place of another, so that at no moment there is none.</summary>
    /// <remarks>Windows cannot replace a link to a folder in one step: there, for a moment, there is none.</remarks>
    public static void ReplaceLink(string from, string to)
    {
        if (OperatingSystem.IsWindows())
        {
            if (new DirectoryInfo(to).LinkTarget is not null)
            {
                Directory.Delete(to);
            }

            Directory.Move(from, to);
        }
        else if (Rename(from, to) < 0)
        {
            throw LastError(to);
        }
    }

    private static IOException LastError(string path)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{Marshal.GetPInvokeErrorMessage(error)}: {path}", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
