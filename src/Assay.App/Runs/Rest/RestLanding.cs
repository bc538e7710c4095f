using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Assay.App.Pipelines;
using Assay.Read;
using Assay.Read.Rest;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Fetches the sources of a run that are APIs: those that others need first, the rest at once. Pages are kept as they come.</summary>
internal sealed class RestLanding : IDisposable
{
    private readonly PipelineDefinition _pipeline;
    private readonly RunOptions _options;
    private readonly RunProgress _progress;
    private readonly BronzeBatch _batch;
    private readonly PageState _pages;
    private readonly RestClient _client;
    private readonly Dictionary<string, Task<FetchedSource>> _tasks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (long Pages, long Records)> _met = new(StringComparer.Ordinal);
    private IReadOnlyList<FetchedSource> _fetched = [];
    private FetchProgress _pagesSoFar = new([]);
    private Exception? _failure;

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="progress">Is told of pages and records.</param>
    /// <param name="batch">What pages are fetched for.</param>
    /// <exception cref="StoreException">The state, which is there by now, cannot be opened.</exception>
    public RestLanding(PipelineDefinition pipeline, RunOptions options, RunProgress progress, BronzeBatch batch)
    {
        _pipeline = pipeline;
        _options = options;
        _progress = progress;
        _batch = batch;
        _pages = PageState.Open(options.Home);
        _client = new RestClient(options.Time, progress.Notify);
    }

    /// <summary>Fetches the sources.</summary>
    /// <param name="loaded">By source, the files that silver has or is rebuilt from.</param>
    /// <param name="cancellationToken">Stops it; what was kept is kept.</param>
    /// <returns>What was fetched, in the pipeline's order.</returns>
    /// <exception cref="ReadException">An API refuses, cannot be reached, or answers what cannot be used.</exception>
    /// <exception cref="StoreException">A page cannot be kept.</exception>
    /// <exception cref="UsageException">Nothing says where an API is, or a secret has no value.</exception>
    public IReadOnlyList<FetchedSource> Fetch(Func<SourceDefinition, IReadOnlyList<LoadedFile>> loaded, CancellationToken cancellationToken)
    {
        SourceDefinition[] sources = [.. _pipeline.Sources.Where(source => source.Rest is not null)];
        _pagesSoFar = new FetchProgress(sources);
        _progress.BeginFetch($"fetching {string.Join(", ", sources.Select(source => source.Name))}", () => _pagesSoFar.Pages);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        foreach (SourceDefinition source in sources)
        {
            _ = Start(source, sources, loaded, stop);
        }

        Task.WhenAll(_tasks.Values).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
            .Wait(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }

        return _fetched = [.. sources.Select(source => _tasks[source.Name].GetAwaiter().GetResult())];
    }

    /// <summary>What asking took so far, by source: what failed and what had to stop for that, too, with the pages and records that had come.</summary>
    /// <returns>The figures of the sources that were asked for.</returns>
    public IReadOnlyDictionary<string, RunRequests> Requests()
    {
        var requests = new Dictionary<string, RunRequests>(StringComparer.Ordinal);
        foreach (SourceDefinition source in _pipeline.Sources)
        {
            if (_tasks.TryGetValue(source.Name, out Task<FetchedSource>? task) && task.IsCompletedSuccessfully)
            {
                requests.Add(source.Name, task.GetAwaiter().GetResult().Requests);
            }
            else if (_client.Failed(source.Name) is { } failed)
            {
                (long pages, long records) = _met.GetValueOrDefault(source.Name);
                requests.Add(source.Name, FetchedSource.Figures(failed) with { Pages = pages, Records = records });
            }
        }

        return requests;
    }

    /// <summary>Ends extracts that a check forbids to load: their pages are asked for again next time, instead of failing again as they are.</summary>
    /// <exception cref="StoreException">It cannot be noted.</exception>
    public void GiveUp()
    {
        foreach (FetchedSource source in _fetched)
        {
            _pages.End(source.Owner, source.Extract.Id, isStale: source.HasDeclared == false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _pages.Dispose();
    }

    /// <summary>Begins to fetch a source, after the one whose values it needs.</summary>
    private Task<FetchedSource> Start(
        SourceDefinition source, SourceDefinition[] all, Func<SourceDefinition, IReadOnlyList<LoadedFile>> loaded, CancellationTokenSource stop)
    {
        if (_tasks.TryGetValue(source.Name, out Task<FetchedSource>? running))
        {
            return running;
        }

        RestParent? needed = source.Rest!.Parent;
        Task<FetchedSource>? parent = needed is null ? null : Start(all.First(other => other.Name == needed.Resource), all, loaded, stop);
        ParentNeed[] needs = [.. all.Where(other => other.Rest!.Parent?.Resource == source.Name)
            .Select(other => ParentNeed.Of(other.Rest!)).DistinctBy(need => need.Key, StringComparer.Ordinal)];
        var fetch = new RestFetch(_pipeline, source, _options, _pages, _client);
        IReadOnlyList<LoadedFile> files = loaded(source);
        return _tasks[source.Name] = Task.Run(
            async () =>
            {
                try
                {
                    ParentValues values = parent is null ? ParentValues.None : (await parent.ConfigureAwait(false)).Values[ParentNeed.Of(source.Rest).Key];
                    if (parent is not null)
                    {
                        _pagesSoFar.Ask(source, values.Values.Count);
                    }

                    return await fetch.RunAsync(_batch, files, needs, values, page => Note(source, page), stop.Token).ConfigureAwait(false);
                }
                catch (Exception e)
                {
                    // The first failure is the run's; those that follow from it are not.
                    Interlocked.CompareExchange(ref _failure, e, null);
                    await stop.CancelAsync().ConfigureAwait(false);
                    throw;
                }
            },
            CancellationToken.None);
    }

    private void Note(SourceDefinition source, RestPage page)
    {
        _met.AddOrUpdate(source.Name, (1, page.Records), (_, met) => (met.Pages + 1, met.Records + page.Records));
        _progress.Add(page.Records, 0);
        _progress.AddBytes(page.Bytes);
        _pagesSoFar.Add(source, page);
    }
}
