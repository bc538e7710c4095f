using System.IO.Compression;
using System.Security.Cryptography;

namespace Assay.Store;

/// <summary>
/// The pages of an API in bronze: the bodies as they came, compressed, under
/// <c>bronze/&lt;source&gt;/&lt;day&gt;/page-&lt;part&gt;.json.gz</c>. Safe for several threads.
/// </summary>
/// <remarks>Whoever writes holds the <see cref="PipelineLock"/> of the pipeline that owns the source. A page is not waited
/// for until it reaches the disk: one that a power failure damages is known by its hash and fetched again.
/// <see cref="Complete"/> waits for all of them, before silver depends on them.</remarks>
public sealed class BronzePages
{
    /// <summary>Far more equal pages than one address ever has had.</summary>
    private const int MostMarks = 1_000_000;

    /// <summary>How many pages are waited for at once: enough to share the disk's work.</summary>
    private const int MostTogether = 1000;

    private readonly AssayHome _home;
    private readonly string _folder;

    /// <summary>Opens the folder of a source; what killed runs left half-written is removed.</summary>
    /// <param name="home">Where the data is kept.</param>
    /// <param name="source">The source.</param>
    /// <exception cref="StoreException">The folder cannot be tidied.</exception>
    public BronzePages(AssayHome home, string source)
    {
        _home = home;
        _folder = home.Bronze(source);
        try
        {
            BronzeFolder.Sweep(_folder);
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(_folder, e);
        }
    }

    /// <summary>Keeps a body.</summary>
    /// <param name="day">The day whose folder it goes to.</param>
    /// <param name="part">Its place in the order of the source.</param>
    /// <param name="address">What was asked for.</param>
    /// <param name="body">The body.</param>
    /// <param name="isFree">Whether no other file of the source has the hash it is told: it is then this page's. Files are
    /// known by their hashes, so one that is as another was gets a mark that changes nothing else.</param>
    /// <returns>Its file.</returns>
    /// <exception cref="StoreException">It cannot be kept.</exception>
    public PageFile Keep(DateOnly day, string part, string address, ReadOnlySpan<byte> body, Func<string, bool> isFree)
    {
        for (int number = 0; number < MostMarks; number++)
        {
            byte[] bytes = GzipBody.Of(body, number == 0 ? null : GzipBody.Mark(address, number));
            string sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (isFree(sha256))
            {
                string path = Place(BronzeFolder.OfDay(_folder, day), part, bytes, sha256);
                return new PageFile(_home.Relative(path), sha256, bytes.Length);
            }
        }

        throw new StoreException(_folder, $"the page {address} came {MostMarks} times with the same content; start afresh with another ASSAY_HOME");
    }

    /// <summary>Puts a file back that was damaged or is gone.</summary>
    /// <param name="file">The file.</param>
    /// <param name="address">What was asked for.</param>
    /// <param name="body">The body that it had.</param>
    /// <returns>False when it was not made of this body.</returns>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public bool Restore(PageFile file, string address, ReadOnlySpan<byte> body)
    {
        // Marks are numbered from 1 and few; their size is the same but for the digits of the number.
        for (int number = 0; number < MostMarks; number++)
        {
            byte[] bytes = GzipBody.Of(body, number == 0 ? null : GzipBody.Mark(address, number));
            if (bytes.Length > file.Bytes)
            {
                return false;
            }

            if (Convert.ToHexStringLower(SHA256.HashData(bytes)) == file.Sha256)
            {
                Write(_home.Full(file.BronzePath), bytes);
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a file is there as it was written.</summary>
    /// <param name="file">The file.</param>
    /// <returns>False when it is missing or damaged.</returns>
    public bool IsWhole(PageFile file)
    {
        try
        {
            string path = _home.Full(file.BronzePath);
            return new FileInfo(path) is { Exists: true } info && info.Length == file.Bytes
                && Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) == file.Sha256;
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            // What cannot be read is fetched again, which says so if it cannot be written either.
            return false;
        }
    }

    /// <summary>Opens a body.</summary>
    /// <param name="file">Its file.</param>
    /// <returns>The body, decompressed.</returns>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public Stream Open(PageFile file)
    {
        string path = _home.Full(file.BronzePath);
        try
        {
            return new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw new StoreException(path, $"cannot read {path}: {e.Message}", e);
        }
    }

    /// <summary>Sees to it that pages last, each with its <see cref="BronzeManifest"/>. Call it right before the commit.</summary>
    /// <param name="pages">The pages, in the order they were read; they lie in bronze.</param>
    /// <param name="batch">What they were loaded for.</param>
    /// <exception cref="StoreException">They cannot be written.</exception>
    public void Complete(IEnumerable<LoadedPage> pages, BronzeBatch batch)
    {
        try
        {
            var days = new HashSet<string>(StringComparer.Ordinal);
            int order = 0;
            foreach (LoadedPage[] some in pages.Chunk(MostTogether))
            {
                string[] paths = [.. some.Select(page => _home.Full(page.File.BronzePath!))];
                for (int i = 0; i < some.Length; i++)
                {
                    Manifest(some[i], batch, ++order).Save(paths[i], durable: false);
                }

                Durable.SyncFiles([.. paths.SelectMany(path => (string[])[path, path + BronzeManifest.Suffix])]);
                days.UnionWith(paths.Select(path => Path.GetDirectoryName(path)!));
            }

            if (days.Count == 0)
            {
                return;
            }

            foreach (string day in days)
            {
                Durable.SyncFolder(day);
            }

            Durable.SyncFolder(_folder);
            Durable.SyncFolder(Path.GetDirectoryName(_folder)!);
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(_folder, e);
        }
    }

    private static BronzeManifest Manifest(LoadedPage page, BronzeBatch batch, int order) => new()
    {
        Sha256 = page.File.Sha256,
        Bytes = page.File.Bytes,
        Rows = page.File.Rows,
        Loaded = batch.At,
        Origin = page.Origin,
        Source = page.File.Source,
        Format = page.File.Format,
        Pipeline = batch.Pipeline,
        Batch = batch.Batch,
        Order = order,
        RunId = batch.RunId,
    };

    /// <summary>Writes a body where no other content is.</summary>
    private static string Place(string day, string part, byte[] bytes, string sha256)
    {
        string name = BronzeFolder.PageName(part);
        string path = Path.Combine(day, name);
        if (!IsTaken(path, bytes))
        {
            Write(path, bytes);
            return path;
        }

        path = Path.Combine(day, $"{sha256[..BronzeFolder.HashDigits]}-{name}");
        path = IsTaken(path, bytes) ? Path.Combine(day, $"{sha256}-{name}") : path;
        Write(path, bytes);
        return path;
    }

    private static bool IsTaken(string path, byte[] bytes) =>
        File.Exists(path) && !(new FileInfo(path).Length == bytes.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes));

    private static void Write(string path, byte[] bytes) => AtomicFile.Write(path, output => output.Write(bytes), durable: false);
}
