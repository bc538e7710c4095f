using System.Globalization;

namespace Assay.Store;

/// <summary>Writes a file so that readers find the whole old one or the whole new one, also after a crash.</summary>
public static class AtomicFile
{
    private static int _counter;

    /// <summary>Writes a file: to a temporary one beside it, then into place.</summary>
    /// <param name="path">The file; its folder is made when it is missing.</param>
    /// <param name="write">Writes the content to the stream it is given.</param>
    /// <param name="durable">Whether to wait for the disk, so that the file outlives a power failure; without it
    /// a crash of the process alone does no harm.</param>
    /// <exception cref="StoreException">It could not be written; the old file, if any, is as it was.</exception>
    public static void Write(string path, Action<Stream> write, bool durable = true)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string temporary = Path.Combine(folder, string.Create(
            CultureInfo.InvariantCulture,
            $".{Path.GetFileName(path)}.{Environment.ProcessId}-{Interlocked.Increment(ref _counter)}.tmp"));
        try
        {
            Directory.CreateDirectory(folder);
            try
            {
                using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                {
                    write(file);
                    file.Flush(flushToDisk: durable);
                }

                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }

            if (durable)
            {
                Durable.SyncFolder(folder);
            }
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(path, e);
        }
    }
}
