using System.Collections;
using System.Runtime.CompilerServices;
using Assay.App.Pipelines;
using Assay.Read;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Takes a run's input in: files that were not loaded before are kept in bronze.</summary>
internal sealed class Landing(
    PipelineDefinition pipeline, RunOptions options, RunProgress progress, StateDatabase state, BronzeStore bronze) : IDisposable
{
    /// <summary>How the origin of a generated sample begins, in bronze.</summary>
    private const string SampleOrigin = "sample:";

    /// <summary>How pages of an API are read.</summary>
    private const string PageFormat = "json";

    /// <summary>Whether real files take the place of a sample that was loaded before: invented rows are never mixed with real ones.</summary>
    public bool ReplacesSample { get; } = GivesWay(pipeline, options, state);

    /// <summary>What was fetched of APIs; null when the pipeline has none, or they were not asked.</summary>
    public RestLanding? Rest { get; private set; }

    /// <summary>The same, source by source.</summary>
    public IReadOnlyList<FetchedSource> Fetched { get; private set; } = [];

    /// <summary>The same before anything is landed.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="state">What earlier runs loaded.</param>
    public static bool GivesWay(PipelineDefinition pipeline, RunOptions options, StateDatabase state) =>
        options is { Replay: null, TakesNoFiles: false, SimulatedApi: null }
        && pipeline.Sources.Any(source => source.Path.Length > 0 || source.Rest?.BaseUrl is not null) && HasOnlySamples(pipeline, options, state);

    /// <summary>Ends it, and tells what was asked: a run that failed has nothing else to tell it by.</summary>
    public void Dispose()
    {
        if (Rest is not null)
        {
            progress.Asked = Rest.Requests();
            Rest.Dispose();
        }
    }

    /// <summary>Lands what every source of the pipeline is given.</summary>
    /// <param name="batch">The batch that it is landed for.</param>
    /// <param name="cancellationToken">Stops it between two parts of a file.</param>
    /// <returns>The files to load, by source.</returns>
    /// <exception cref="ReadException">A path names no file.</exception>
    /// <exception cref="RunException">A source was given nothing and others were.</exception>
    /// <exception cref="StoreException">A file cannot be read or kept.</exception>
    public IReadOnlyList<SourceFiles> Land(BronzeBatch batch, CancellationToken cancellationToken)
    {
        if (options.Replay is { } replay)
        {
            return [Replayed(replay, batch, cancellationToken)];
        }

        if (options.TakesNoFiles)
        {
            return [.. pipeline.Sources.Select(source => new SourceFiles(source, [], []))];
        }

        // A rebuild needs nothing but bronze; new files are taken along when there are any.
        bool isSimulated = options.SimulatedApi is not null;
        bool isFirst = pipeline.Sources.All(source => Loaded(source.Name).Count == 0);
        SourcePaths.RequireAllOrNone(pipeline, options.FullRefresh && !isFirst, isSimulated, source => Loaded(source).Count > 0);
        if (isSimulated)
        {
            RequireInvented();
        }

        // What is invented is never added to what was loaded before, nor to what the other sources are given.
        bool withSamples = isFirst && SourcePaths.TakesSamples(pipeline, isSimulated);
        if (pipeline.Sources.Any(source => source.Rest is not null))
        {
            Fetch(batch, isRebuilding: options.FullRefresh && !isFirst, cancellationToken);
        }

        return [.. pipeline.Sources.Select(source => source.Rest is null ? Land(source, batch, withSamples, cancellationToken) : Pages(source, cancellationToken))];
    }

    /// <summary>Asks the APIs. In a method of its own: what speaks to them is loaded only then.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fetch(BronzeBatch batch, bool isRebuilding, CancellationToken cancellationToken)
    {
        // A rebuild asks nobody when nothing says whom.
        if (isRebuilding && pipeline.Sources.All(source => source.Rest is null || RestFetch.Base(source, options) is null))
        {
            return;
        }

        Rest = new RestLanding(pipeline, options, progress, batch);
        Fetched = Rest.Fetch(source => Loaded(source.Name), cancellationToken);
    }

    /// <summary>The pages of an API: those whose content silver does not have are its new files.</summary>
    private SourceFiles Pages(SourceDefinition source, CancellationToken cancellationToken)
    {
        IReadOnlyList<LoadedFile> loaded = Loaded(source.Name);
        IEnumerable<SourceFile> again = options.FullRefresh ? Again(source, loaded, cancellationToken) : [];
        FetchedSource? fetched = Fetched.FirstOrDefault(one => one.Source == source);
        if (fetched is null)
        {
            return new SourceFiles(source, [.. again], []);
        }

        // Pages without records say nothing, but one has to be loaded for the table to be there.
        bool takesFirst = loaded.Count == 0 && fetched.Pages.All(page => page.Records == 0);
        var isNew = new BitArray(fetched.Pages.Count);
        var news = new List<int>();
        int place = 0;
        foreach (FetchedPage page in fetched.Pages)
        {
            isNew[place] = (!page.IsLoaded || ReplacesSample) && (page.Records > 0 || (takesFirst && place == 0));
            if (isNew[place])
            {
                news.Add(place);
            }

            place++;
        }

        return new SourceFiles(
            source,
            DerivedList<SourceFile>.Join([[.. again], new DerivedList<SourceFile>(news.Count, i => Read(Given(news[i]), PageFormat))]),
            new DerivedList<LandedFile>(fetched.Pages.Count, Given));

        LandedFile Given(int place)
        {
            FetchedPage page = fetched.Pages[place];
            string origin = RestFetch.Origin(fetched.Owner, page);
            return new LandedFile(
                source.Name, origin, origin, page.File.Sha256, page.File.Bytes, isNew[place] ? Path.Combine(options.Home.Root, page.File.BronzePath) : null, page.File.BronzePath)
            {
                Format = PageFormat,
            };
        }
    }

    /// <summary>Refuses to add what is invented to what is real.</summary>
    private void RequireInvented()
    {
        if (pipeline.Sources.FirstOrDefault(source => source.Path.Length > 0) is { } given)
        {
            throw new UsageException($"an imitation of an API invents rows, which are never mixed with real ones, and `{given.Name}` is given {given.Path}; leave that out to simulate");
        }

        if (state.LoadedFiles(pipeline.Name).Count > 0 && !HasOnlySamples(pipeline, options, state))
        {
            throw new UsageException(
                $"`{pipeline.Name}` holds real data in {options.Home.Root}, and what an imitation of its API invents is never mixed with that; "
                + $"set {AssayHome.Variable} to another folder to simulate");
        }
    }

    private SourceFiles Land(SourceDefinition source, BronzeBatch batch, bool withSamples, CancellationToken cancellationToken)
    {
        IReadOnlyList<LoadedFile> loaded = Loaded(source.Name);
        var seen = new SeenFiles(loaded);
        var given = new List<LandedFile>();
        foreach (BronzeInput input in Inputs(source, withSamples, cancellationToken))
        {
            progress.Begin($"keeping {Path.GetFileName(input.Origin)}", LandedBytes(input));
            given.Add(bronze.Land(input, batch, seen, bytes => progress.AddBytes(bytes), cancellationToken));
        }

        IEnumerable<SourceFile> again = options.FullRefresh ? Again(source, loaded, cancellationToken) : [];
        return new SourceFiles(source, [.. again, .. given.Where(file => !file.IsSeen).Select(file => Read(file, source.Format))], given);
    }

    /// <summary>The files that silver comes from. A rebuild whose state was lost knows them by their manifests.</summary>
    private IReadOnlyList<LoadedFile> Loaded(string source) =>
        ReplacesSample ? []
        : options.FullRefresh && state.Batches(pipeline.Name).Count == 0 ? bronze.Recover(pipeline.Name, source)
        : state.LoadedFiles(pipeline.Name, source);

    private static bool HasOnlySamples(PipelineDefinition pipeline, RunOptions options, StateDatabase state)
    {
        // Repaired rows are rows of what they were repaired in.
        IReadOnlyList<LoadedFile> loaded = [.. state.LoadedFiles(pipeline.Name).Where(file => file.Format != ReplayFile.Format)];
        return loaded.Count > 0 && loaded.All(file => file.Name.StartsWith(SimulatedApi.Label, StringComparison.Ordinal) || file.BronzePath is { } path
            && BronzeManifest.Load(Path.Combine(options.Home.Root, path))?.Origin.StartsWith(SampleOrigin, StringComparison.Ordinal) == true);
    }

    /// <summary>The files that were loaded before. They go by their paths in the home: those of many days may have come under one name.</summary>
    private IEnumerable<SourceFile> Again(SourceDefinition source, IReadOnlyList<LoadedFile> loaded, CancellationToken cancellationToken)
    {
        var replaced = ReplacedRecords.Of(options.Home, source.Name, loaded, cancellationToken);
        return bronze.Restore(loaded).Select(file => new SourceFile(file.Path, file.File.BronzePath!, file.File.Format ?? source.Format, file.File)
        {
            LeftOut = replaced.Of(file.File),
            IsRestored = true,
        });
    }

    private Func<(long, long?)> LandedBytes(BronzeInput input)
    {
        long? total = File.Exists(input.Origin) ? new FileInfo(input.Origin).Length : null;
        return () => (progress.BytesDone, total);
    }

    private static SourceFile Read(LandedFile file, string format) => new(file.Path!, file.Origin, file.Format ?? format, file.Loaded(0));

    private SourceFiles Replayed(ReplayOptions replay, BronzeBatch batch, CancellationToken cancellationToken)
    {
        SourceDefinition source = pipeline.Sources.First(source => source.Name == replay.Source);
        IReadOnlyList<LoadedFile> loaded = state.LoadedFiles(pipeline.Name, source.Name);
        LandedFile file = bronze.Land(
            BronzeInput.OfFile(source.Name, replay.Path, ReplayFile.Format), batch, new SeenFiles(loaded), bytes => progress.AddBytes(bytes), cancellationToken);
        _ = ReplaySource.ReplayedBefore(pipeline, loaded, file.Sha256, replay.Path);
        return new SourceFiles(source, file.IsSeen ? [] : [Read(file, ReplayFile.Format)], [file]);
    }

    private IEnumerable<BronzeInput> Inputs(SourceDefinition source, bool withSamples, CancellationToken cancellationToken)
    {
        if (source.IsStandardInput)
        {
            using Stream input = options.StandardInput();
            yield return BronzeInput.OfStream(source.Name, input, "-", source.Format);
            yield break;
        }

        if (source.Path.Length == 0 && !withSamples)
        {
            yield break;
        }

        if (source.Path.Length == 0)
        {
            string sample = SampleInput.Make(source, options, progress, cancellationToken);
            yield return BronzeInput.OfFile(source.Name, sample, source.Format, SampleOrigin + Path.GetFileName(sample));
            yield break;
        }

        foreach (string file in SourcePaths.Find(source))
        {
            SourcePaths.Require(source, file);
            yield return BronzeInput.OfFile(source.Name, file, source.Format);
        }
    }
}
