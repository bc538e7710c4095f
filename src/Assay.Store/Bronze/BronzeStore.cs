namespace Assay.Store;

/// <summary>
/// Bronze: the bytes of every file as they came, under <c>bronze/&lt;source&gt;/&lt;day&gt;/&lt;hash&gt;-&lt;name&gt;</c>, each
/// with a <see cref="BronzeManifest"/> and, where records are written, a copy of its records
/// as Parquet. Silver is rebuilt from it.
/// </summary>
/// <remarks>Whoever writes holds the <see cref="PipelineLock"/> of the pipeline that owns the source. Not safe for
/// several threads.</remarks>
public sealed class BronzeStore
{
    private readonly AssayHome _home;

    private readonly Dictionary<string, BronzeIndex> _indexes = new(StringComparer.Ordinal);
    private int _landed;

    /// <summary>Opens bronze; nothing is made before something is landed.</summary>
    /// <param name="home">Where the data is kept.</param>
    public BronzeStore(AssayHome home) => _home = home;

    /// <summary>The hash of a file's bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Is told of the bytes read, part by part.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>64 digits of lower-case hexadecimal.</returns>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static string Hash(string path, Action<long>? progress = null, CancellationToken cancellationToken = default)
    {
        using FileStream input = OpenInput(path);
        return ContentHash.Read(input, path, null, progress, cancellationToken).Sha256;
    }

    /// <summary>Keeps a file's bytes, unless they were seen before.</summary>
    /// <param name="input">The file or stream.</param>
    /// <param name="batch">What it is landed for.</param>
    /// <param name="seen">The files of the source that need not be loaded; this one is added.</param>
    /// <param name="progress">Is told of the bytes read, part by part.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Where it is kept, or that it was seen.</returns>
    /// <exception cref="ArgumentException">The source is not a plain folder name.</exception>
    /// <exception cref="StoreException">It cannot be read, or not be kept; nothing of it stays.</exception>
    /// <remarks>A file is read once, hashed while it is copied. Only one of a size that was seen before is hashed first,
    /// as it is most likely the same again. Bytes that a failed run left are used again.</remarks>
    public LandedFile Land(
        BronzeInput input, BronzeBatch batch, SeenFiles seen, Action<long>? progress = null, CancellationToken cancellationToken = default)
    {
        BronzeIndex index = Index(input.Source);
        if (input.Content is { } stream)
        {
            return Land(input, stream, batch, seen, index, progress, cancellationToken);
        }

        using FileStream file = OpenInput(input.Path!);
        if (file.CanSeek && (seen.HasSize(file.Length) || index.HasSize(file.Length)))
        {
            (string sha256, long bytes) = ContentHash.Read(file, input.Origin, null, progress, cancellationToken);
            if (seen.Has(sha256))
            {
                return Seen(input, sha256, bytes);
            }

            if (index.Find(sha256) is { } kept)
            {
                return Keep(input, batch, seen, sha256, bytes, kept);
            }

            progress?.Invoke(-bytes);
            file.Position = 0;
        }

        return Land(input, file, batch, seen, index, progress, cancellationToken);
    }

    /// <summary>Notes in a file's manifest that its rows are in silver. Call it after the commit.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rows">The rows it has, faulty ones included.</param>
    /// <exception cref="StoreException">The manifest cannot be read or written.</exception>
    public void Complete(LandedFile file, long rows)
    {
        if (file.Path is { } path && BronzeManifest.Load(path) is { } manifest)
        {
            (manifest with { Rows = rows }).Save(path);
        }
    }

    /// <summary>All files of a source, in the order they were read: by batch, then within it; those of failed runs too.</summary>
    /// <param name="source">The source.</param>
    /// <returns>The files.</returns>
    /// <exception cref="StoreException">A manifest cannot be read.</exception>
    public IReadOnlyList<BronzeFile> List(string source) =>
    [
        .. from path in BronzeFolder.Files(_home.Bronze(source))
           let manifest = BronzeManifest.Load(path)
           where manifest is not null
           orderby manifest.Batch, manifest.Order
           select new BronzeFile(path, manifest),
    ];

    /// <summary>The files that silver is rebuilt from, in the order that their batches were loaded in.</summary>
    /// <param name="files">The source's files, from <see cref="StateDatabase.LoadedFiles"/>; those whose bytes were
    /// pruned, as nothing in silver comes from them, are left out.</param>
    /// <returns>The files.</returns>
    /// <exception cref="StoreException">One of them is missing or has another size, so that silver would lose rows.</exception>
    public IReadOnlyList<RestoredFile> Restore(IReadOnlyList<LoadedFile> files)
    {
        var restored = new List<RestoredFile>(files.Count);
        foreach (LoadedFile file in files)
        {
            if (file.BronzePath is null)
            {
                continue;
            }

            string path = Path.Combine(_home.Root, file.BronzePath);
            var info = new FileInfo(path);
            if (!info.Exists || info.Length != file.Bytes)
            {
                string what = info.Exists ? $"has {info.Length} bytes instead of {file.Bytes}" : "is missing";
                throw new StoreException(path, $"{path} {what}, but rows in silver come from it; put {file.Name} (sha256 {file.Sha256}) back there, then run again");
            }

            restored.Add(new RestoredFile(path, file));
        }

        return restored;
    }

    /// <summary>Removes from a source's folder what nobody needs: files that no run committed, after a day; Parquet copies
    /// of records past the retention, which the raw bytes can give again; and raw files past it that silver no longer
    /// needs. Silver is rebuilt from the raw files, so they all stay unless <paramref name="isSpent"/> says otherwise.</summary>
    /// <param name="state">The state, which forgets where the removed bytes were; the files stay known as seen.</param>
    /// <param name="pipeline">The pipeline that owns the source.</param>
    /// <param name="source">The source.</param>
    /// <param name="retention">How long files are kept after they were loaded.</param>
    /// <param name="now">The time.</param>
    /// <param name="isSpent">Whether no row in silver comes from a file any more, nor would one after a rebuild without
    /// it; null keeps every raw file.</param>
    /// <returns>What was removed.</returns>
    /// <exception cref="StoreException">Something could not be removed.</exception>
    public PrunedBronze Prune(
        StateDatabase state, string pipeline, string source, TimeSpan retention, DateTimeOffset now, Func<LoadedFile, bool>? isSpent = null)
    {
        IReadOnlyList<LoadedFile> committed = state.LoadedFiles(pipeline, source);
        var pruning = new BronzePruning(_home, source, now);
        try
        {
            BronzeFolder.Sweep(_home.Bronze(source));
            pruning.RemoveOrphans(committed, state.PagePaths(pipeline, source));
            pruning.RemoveRecords(committed, retention);
            if (isSpent is not null)
            {
                // The state forgets first: what a crash then leaves is an orphan, and no promise that cannot be kept.
                IReadOnlyList<LoadedFile> spent = pruning.Spent(committed, retention, isSpent);
                state.ForgetBronze(pipeline, spent);
                pruning.RemoveSpent(spent);
            }

            pruning.RemoveEmptyDays();
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(_home.Bronze(source), e);
        }

        _indexes.Remove(source);
        return pruning.Result;
    }

    /// <summary>What the state knew of a source's files, as far as their manifests tell: for a rebuild after the state
    /// was lost.</summary>
    /// <param name="pipeline">The pipeline that owns the source.</param>
    /// <param name="source">The source.</param>
    /// <returns>The files whose rows were in silver, in the order they were read.</returns>
    /// <exception cref="StoreException">A manifest cannot be read.</exception>
    public IReadOnlyList<LoadedFile> Recover(string pipeline, string source) =>
    [
        .. from file in List(source)
           let known = file.Manifest
           let rows = known.Rows
           where known.Pipeline == pipeline && rows is not null
           select new LoadedFile(
               source, known.Sha256, BronzeFolder.IsPage(file.Path) ? known.Origin : BronzeFolder.NameOf(known.Origin), known.Bytes, rows.Value, _home.Relative(file.Path))
           {
               Format = known.Format,
               Batch = known.Batch,
               RunId = known.RunId,
               LoadedAt = known.Loaded,
           },
    ];

    /// <summary>Takes a file's bytes from a stream; what is known of it is not known before they are read.</summary>
    private LandedFile Land(
        BronzeInput input,
        Stream content,
        BronzeBatch batch,
        SeenFiles seen,
        BronzeIndex index,
        Action<long>? progress,
        CancellationToken cancellationToken)
    {
        string folder = _home.Bronze(input.Source);
        string landing = BronzeFolder.Landing(folder);
        try
        {
            Directory.CreateDirectory(folder);
            try
            {
                string sha256;
                long bytes;
                using (var output = new FileStream(landing, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
                {
                    (sha256, bytes) = ContentHash.Read(content, input.Origin, output, progress, cancellationToken);
                    if (!seen.Has(sha256) && index.Find(sha256) is null)
                    {
                        output.Flush(flushToDisk: true);
                    }
                }

                return seen.Has(sha256) ? Seen(input, sha256, bytes)
                    : index.Find(sha256) is { } kept ? Keep(input, batch, seen, sha256, bytes, kept)
                    : Keep(input, batch, seen, sha256, bytes, Place(landing, folder, batch, input, sha256));
            }
            finally
            {
                File.Delete(landing);
            }
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw StoreException.For(folder, e);
        }
    }

    private static FileStream OpenInput(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (StoreException.Explains(e))
        {
            throw new StoreException(path, $"cannot read {path}: {e.Message}", e);
        }
    }

    /// <summary>Moves landed bytes to their place, and sees to it that they stay there.</summary>
    private string Place(string landing, string folder, BronzeBatch batch, BronzeInput input, string sha256)
    {
        string day = BronzeFolder.OfDay(folder, batch.Day);
        string name = BronzeFolder.NameOf(input.Origin);
        string path = Path.Combine(day, $"{sha256[..BronzeFolder.HashDigits]}-{name}");
        if (BronzeManifest.Load(path) is { } other && other.Sha256 != sha256)
        {
            path = Path.Combine(day, $"{sha256}-{name}");
        }

        bool isNewDay = !Directory.Exists(day);
        Directory.CreateDirectory(day);
        File.Move(landing, path, overwrite: true);
        Durable.SyncFolder(day);
        if (isNewDay)
        {
            Durable.SyncFolder(folder);
            Durable.SyncFolder(Path.GetDirectoryName(folder)!);
        }

        return path;
    }

    /// <summary>Notes a file's origin beside its bytes, which are in place.</summary>
    private LandedFile Keep(BronzeInput input, BronzeBatch batch, SeenFiles seen, string sha256, long bytes, string path)
    {
        new BronzeManifest
        {
            Sha256 = sha256,
            Bytes = bytes,
            Loaded = batch.At,
            Origin = input.Origin,
            Source = input.Source,
            Format = input.Format,
            Pipeline = batch.Pipeline,
            Batch = batch.Batch,
            Order = ++_landed,
            RunId = batch.RunId,
        }.Save(path);
        seen.Add(sha256, bytes);
        return new LandedFile(input.Source, input.Origin, BronzeFolder.NameOf(input.Origin), sha256, bytes, path, _home.Relative(path)) { Format = input.Format };
    }

    private static LandedFile Seen(BronzeInput input, string sha256, long bytes) =>
        new(input.Source, input.Origin, BronzeFolder.NameOf(input.Origin), sha256, bytes, null, null) { Format = input.Format };

    private BronzeIndex Index(string source)
    {
        if (!_indexes.TryGetValue(source, out BronzeIndex? index))
        {
            _indexes[source] = index = BronzeIndex.Of(_home.Bronze(source));
        }

        return index;
    }
}
