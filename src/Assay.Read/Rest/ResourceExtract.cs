using System.Security.Cryptography;
using System.Text;

namespace Assay.Read.Rest;

/// <summary>One extract of one resource: its walks, and what they share.</summary>
internal sealed class ResourceExtract : IDisposable
{
    private readonly RestResource _resource;
    private readonly Action<RestPage>? _progress;
    private readonly SemaphoreSlim _slots;
    private readonly Lock _telling = new();

    /// <summary>Makes it.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="addresses">Its addresses.</param>
    /// <param name="ledger">Where its pages are kept.</param>
    /// <param name="transport">What sends.</param>
    /// <param name="progress">Is told of each page.</param>
    public ResourceExtract(RestResource resource, ResourceAddress addresses, IPageLedger ledger, RestTransport transport, Action<RestPage>? progress)
    {
        _resource = resource;
        _progress = progress;
        _slots = new SemaphoreSlim(resource.Limits.Concurrency);
        Addresses = addresses;
        Ledger = ledger;
        Time = transport.Time;
        Requests = new PageRequests(resource, addresses, transport, Counters);
    }

    /// <summary>The resource's addresses.</summary>
    public ResourceAddress Addresses { get; }

    /// <summary>Where its pages are kept.</summary>
    public IPageLedger Ledger { get; }

    /// <summary>Asks for them.</summary>
    public PageRequests Requests { get; }

    /// <summary>What counts.</summary>
    public RestCounters Counters { get; } = new();

    /// <summary>Tells the time.</summary>
    public TimeProvider Time { get; }

    /// <summary>Walks through all pages.</summary>
    /// <param name="parents">The parent's values.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What it came to.</returns>
    public async Task<RestExtract> RunAsync(IReadOnlyList<string> parents, CancellationToken cancellationToken)
    {
        bool isDependent = _resource.Parent is not null;
        var walks = new WalkTotal[isDependent ? parents.Count : 1];
        await System.Threading.Tasks.Parallel.ForEachAsync(Enumerable.Range(0, walks.Length), Parallel(cancellationToken), async (i, token) =>
        {
            var pagination = Pagination.Of(_resource, Addresses, isDependent ? parents[i] : null);
            string? members = isDependent ? _resource.ParentFields.GetValueOrDefault(parents[i]) : null;
            walks[i] = await new PageWalk(this, pagination, isDependent ? PartNumber.Of(i + 1) + "-" : "", members).RunAsync(token);
        });
        CollectedValue[] collected = [.. walks.SelectMany(walk => walk.Collected).DistinctBy(one => one.Value, StringComparer.Ordinal)];
        return new RestExtract
        {
            Pages = walks.Sum(walk => walk.Pages),
            Records = walks.Sum(walk => walk.Records),
            // Of several walks all must tell a total.
            DeclaredRecords = walks.Length > 0 && walks.All(walk => walk.DeclaredRecords is not null) ? walks.Sum(walk => walk.DeclaredRecords) : null,
            Watermark = walks.Aggregate(_resource.Incremental?.StartValue, (greatest, walk) => Watermark.Greater(greatest, walk.Watermark)),
            Collected = [.. collected.Select(one => one.Value)],
            CollectedFields = _resource.CollectFields.Count == 0 ? new Dictionary<string, string>() : collected.ToDictionary(one => one.Value, one => one.Members, StringComparer.Ordinal),
            Metrics = Counters.Total(),
        };
    }

    /// <summary>How walks and pages run side by side; the slots see to it that no more requests are on their way than may be.</summary>
    /// <param name="cancellationToken">Stops them.</param>
    /// <returns>The options.</returns>
    public ParallelOptions Parallel(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = _resource.Limits.Concurrency, CancellationToken = cancellationToken };

    /// <summary>Waits until one more page may be worked on.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its slot, until it is disposed of.</returns>
    public async ValueTask<IDisposable> SlotAsync(CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        return new Slot(_slots);
    }

    /// <summary>Whether a known page need not be asked for.</summary>
    /// <param name="known">The page.</param>
    /// <returns>Whether it is of this extract, or young enough.</returns>
    public bool IsGood(KnownPage known) =>
        known.IsOfThisExtract || (_resource.Limits.CacheFor is { } life && Age(known.Page) is var age && age >= TimeSpan.Zero && age < life);

    /// <summary>Says that a page is there.</summary>
    /// <param name="page">The page.</param>
    public void Told(RestPage page)
    {
        if (_progress is not null)
        {
            lock (_telling)
            {
                _progress(page);
            }
        }
    }

    /// <summary>See <see cref="RestPage.Reading"/>.</summary>
    /// <param name="members">What records get besides their own fields: with others, a page is another.</param>
    /// <returns>The fingerprint.</returns>
    public string Reading(string? members)
    {
        string text = $"{_resource.Paginator}\n{_resource.Record}\n{_resource.Incremental?.CursorPath}\n{members}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    /// <summary>Below zero when the clock was set back since: then nobody knows how old the page is.</summary>
    private TimeSpan Age(RestPage page) => Time.GetUtcNow() - page.Fetched;

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
