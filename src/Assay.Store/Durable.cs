using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Assay.Store;

/// <summary>The few system calls that .NET does not offer: making a folder's entries last, replacing a link, and writing past the page cache.</summary>
internal static partial class Durable
{
    private const int ReadOnly = 0;
    private const uint StartOnly = 2;
    private const int GetFlags = 3;
    private const int SetFlags = 4;
    private const int SyncThreads = 4;

    /// <summary>Waits until the content of all files is on the disk.</summary>
    /// <exception cref="IOException">One of them could not be written.</exception>
    /// <remarks>Side by side, files share the file system's journal commits: ten small ones take 2 ms where one
    /// after the other they take 15.</remarks>
    public static void SyncFiles(string[] paths)
    {
        int taken = -1;
        Exception? failure = null;
        var others = new Thread[Math.Clamp(paths.Length - 1, 0, SyncThreads - 1)];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(SyncNext, maxStackSize: 256 << 10);
            others[i].Start();
        }

        SyncNext();
        foreach (Thread other in others)
        {
            other.Join();
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        void SyncNext()
        {
            try
            {
                for (int i; (i = Interlocked.Increment(ref taken)) < paths.Length;)
                {
                    using var handle = File.OpenHandle(paths[i], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
                    RandomAccess.FlushToDisk(handle);
                }
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, e, null);
            }
        }
    }

    /// <summary>Has the system begin to write a part of a file to the disk, without waiting for it: what is begun early need
    /// not be waited for at the end. Only a hint, so it does not fail, and not every system takes it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="length">Its bytes.</param>
    public static void StartWriting(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SyncRange(file, offset, length, StartOnly);
        }
    }

    /// <summary>Has what is written to a file go past the page cache, or through it again. Then buffers, offsets and lengths must
    /// be whole sectors.</summary>
    /// <returns>Whether the system and the file system can.</returns>
    public static bool TrySetUncached(SafeFileHandle file, bool value)
    {
        // O_DIRECT is another number on ARM.
        int direct = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x10000 : 0x4000;
        if (!OperatingSystem.IsLinux() || Control(file, GetFlags, 0) is var flags && flags < 0)
        {
            return false;
        }

        return Control(file, SetFlags, value ? flags | direct : flags & ~direct) == 0;
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

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int SyncRange(SafeFileHandle file, long offset, long length, uint flags);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(SafeFileHandle file, int command, int argument);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
