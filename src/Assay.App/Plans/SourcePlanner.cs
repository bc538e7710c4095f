using Assay.App.Generate;
using Assay.App.Pipelines;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Plans;

/// <summary>Finds out what a run would do with the files of a source.</summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="options">The run's options.</param>
/// <param name="state">What earlier runs loaded; null when the pipeline keeps no silver, or nothing was loaded.</param>
internal sealed class SourcePlanner(PipelineDefinition pipeline, RunOptions options, StateDatabase? state)
{
    private const string StandardInput = "-";

    /// <summary>Whether silver would be rebuilt from bronze, for which no files need be given.</summary>
    public bool IsRebuilding => options.FullRefresh && state is not null && state.LoadedFiles(pipeline.Name).Count > 0;

    /// <summary>Plans a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="fields">The fields that tables read of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="Read.ReadException">A file is missing, cannot be read or lacks a field.</exception>
    /// <exception cref="StoreException">A file cannot be read, or is missing in bronze.</exception>
    /// <exception cref="RunException">The source names nothing.</exception>
    public PlannedSource Plan(SourceDefinition source, IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        IReadOnlyList<LoadedFile> loaded = state?.LoadedFiles(pipeline.Name, source.Name) ?? [];
        if (source.Rest is not null)
        {
            return new PlannedSource(source.Name, source.Format, [.. options.FullRefresh ? Restored(loaded) : [], .. Asked(source)], null);
        }

        var estimates = new RowEstimates(source, fields, loaded);
        PlannedFile[] files =
        [
            .. options.FullRefresh ? Restored(loaded) : [],
            .. Given(source, loaded, estimates, cancellationToken),
        ];
        return new PlannedSource(source.Name, source.Format, files, estimates.Basis);
    }

    private IEnumerable<PlannedFile> Restored(IReadOnlyList<LoadedFile> loaded) => new BronzeStore(options.Home).Restore(loaded).Select(
        file => new PlannedFile(file.File.Name, FileUse.Again, file.File.Bytes, new RowEstimate(file.File.Rows, true)) { Sha256 = file.File.Sha256 });

    /// <summary>An API, which is not asked for a plan. A rebuild asks nobody when nothing says whom.</summary>
    private PlannedFile[] Asked(SourceDefinition source)
    {
        string? address = options.SimulatedApi is null ? source.Rest!.BaseUrl?.AbsoluteUri : SimulatedApi.Label;
        return address is null && IsRebuilding
            ? []
            : [new PlannedFile((address ?? "(no base_url)/") + source.Rest!.Path, FileUse.Ask, null, null)
            {
                PagesFetched = address is null ? 0 : state?.UnfinishedPages(new PageOwner(pipeline.Name, source.Name, address)) ?? 0,
            }];
    }

    private PlannedFile[] Given(SourceDefinition source, IReadOnlyList<LoadedFile> loaded, RowEstimates estimates, CancellationToken cancellationToken)
    {
        FileUse use = pipeline.KeepsSilver ? FileUse.New : FileUse.Read;
        if (source.IsStandardInput)
        {
            return [new PlannedFile(StandardInput, use, null, null)];
        }

        if (source.Path.Length == 0)
        {
            bool isSkipped = pipeline.KeepsSilver && (IsRebuilding || !SourcePaths.TakesSamples(pipeline, options.SimulatedApi is not null));
            return isSkipped ? [] : [Sample(source, use, loaded, cancellationToken)];
        }

        string[] paths = [.. SourcePaths.Find(source)];
        if (!pipeline.KeepsSilver)
        {
            return [.. paths.Select(path => File(path, use, null, estimates, cancellationToken))];
        }

        var files = new List<PlannedFile>();
        var hashes = loaded.Select(file => file.Sha256).ToHashSet(StringComparer.Ordinal);
        var earlier = new HashSet<string>(StringComparer.Ordinal);
        HashSet<long> sizes = Recurring(source, paths, loaded);
        foreach (string path in paths)
        {
            // A file of a size that no other has is new, and need not be read to find that out.
            string? sha256 = sizes.Contains(new FileInfo(path).Length) ? BronzeStore.Hash(path, cancellationToken: cancellationToken) : null;
            FileUse found = sha256 is null ? use
                : hashes.Contains(sha256) ? FileUse.Seen
                : earlier.Add(sha256) ? use
                : FileUse.Repeated;
            files.Add(File(path, found, sha256, estimates, cancellationToken));
        }

        return [.. files];
    }

    /// <summary>The sizes that more than one file has, of those given and those loaded before.</summary>
    private static HashSet<long> Recurring(SourceDefinition source, string[] paths, IReadOnlyList<LoadedFile> loaded)
    {
        var once = loaded.Select(file => file.Bytes).ToHashSet();
        var again = new HashSet<long>();
        foreach (string path in paths)
        {
            SourcePaths.Require(source, path);
            long bytes = new FileInfo(path).Length;
            if (!once.Add(bytes))
            {
                again.Add(bytes);
            }
        }

        return again;
    }

    private static PlannedFile File(string path, FileUse use, string? sha256, RowEstimates estimates, CancellationToken cancellationToken)
    {
        bool isRead = use is FileUse.New or FileUse.Read;
        if (isRead && IsPipe(path))
        {
            // What is read of a pipe is gone for the run.
            return new PlannedFile(path, use, null, null);
        }

        long bytes = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        return new PlannedFile(path, use, bytes, isRead ? estimates.Of(path, bytes, cancellationToken) : null) { Sha256 = sha256 };
    }

    /// <summary>Whether a file can be read only once. One that cannot be opened is none: whoever reads it says why.</summary>
    private static bool IsPipe(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return !file.CanSeek;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private PlannedFile Sample(SourceDefinition source, FileUse use, IReadOnlyList<LoadedFile> loaded, CancellationToken cancellationToken)
    {
        SampleFile sample = SampleFile.Of(source);
        (GenerateResult made, string sha256) = sample.Measure(options.Threads, cancellationToken);
        bool isSeen = loaded.Any(file => file.Sha256 == sha256);
        return new PlannedFile(sample.Name, isSeen ? FileUse.Seen : use, made.Bytes, new RowEstimate(made.Records, true))
        {
            Sha256 = pipeline.KeepsSilver ? sha256 : null,
            IsSample = true,
        };
    }
}
