using System.Collections.Concurrent;

namespace Assay.Read.Rest;

/// <summary>Fetches resources of REST APIs. One client serves all resources of a run: those of one host share its rate limit and its circuit breaker. Safe for several threads.</summary>
/// <remarks>
/// Certificates are always checked, credentials go to the scheme, host and port of <see cref="RestResource.BaseUrl"/> alone (and those of
/// OAuth2 to its token's address), and no message, line or address has a secret in it. Pages are handed to the ledger and not held on to,
/// at most <see cref="RestLimits.Concurrency"/> bodies are there at once: of a page some hundred bytes stay until its walk is over, to
/// know it should it come again, besides what is collected of its records.
/// </remarks>
public sealed class RestClient : IDisposable
{
    private readonly RestTransport _transport;
    private readonly ConcurrentDictionary<string, RestMetrics> _failed = new(StringComparer.Ordinal);

    /// <summary>Makes a client.</summary>
    /// <param name="time">Tells the time.</param>
    /// <param name="notify">Is told what a person should know while it waits, such as a retry: short lines, one a second at most. From any thread.</param>
    public RestClient(TimeProvider time, Action<string> notify)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(notify);
        _transport = new RestTransport(time, notify);
    }

    /// <summary>Fetches the pages of a resource, as far as they are not known.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ledger">Where its pages are kept.</param>
    /// <param name="parents">The values of its <see cref="RestResource.Parent"/>, in order; empty without one.</param>
    /// <param name="progress">Is told of each page: its records. From any thread, but from one at a time.</param>
    /// <param name="cancellationToken">Stops it; what was kept is kept.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="ArgumentException">A limit makes no sense (a time-out is from 10 ms to a day), or a path is malformed.</exception>
    /// <exception cref="ReadException">The API refuses, cannot be reached, or answers what cannot be used.</exception>
    public async Task<RestExtract> ExtractAsync(
        RestResource resource, IPageLedger ledger, IReadOnlyList<string> parents, Action<RestPage>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(parents);
        Check(resource.Limits);
        ResourceAddress addresses = Addresses(resource);
        using CancellationTokenSource total = new(resource.Limits.TotalTimeout ?? Timeout.InfiniteTimeSpan, _transport.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(total.Token, cancellationToken);
        using var extract = new ResourceExtract(resource, addresses, ledger, _transport, progress);
        try
        {
            return await MeteredAsync(extract, resource.Name, parents, either.Token);
        }
        catch (OperationCanceledException error) when (total.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            string message = $"{resource.Name}: the extract took longer than its `total_timeout` of {resource.Limits.TotalTimeout!.Value.TotalSeconds:0.###} s. The pages that came are kept: run again, and it goes on with those that are missing.";
            throw new ReadException(ReadErrorKind.Remote, resource.Name, resource.Path, message, error);
        }
    }

    /// <summary>What an extract took that came to nothing.</summary>
    /// <param name="resource">The resource's name.</param>
    /// <returns>The figures of the last such extract; null when there was none.</returns>
    public RestMetrics? Failed(string resource) => _failed.GetValueOrDefault(resource);

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private async Task<RestExtract> MeteredAsync(ResourceExtract extract, string name, IReadOnlyList<string> parents, CancellationToken cancellationToken)
    {
        try
        {
            return await extract.RunAsync(parents, cancellationToken);
        }
        catch
        {
            _failed[name] = extract.Counters.Total();
            throw;
        }
    }

    private static ResourceAddress Addresses(RestResource resource)
    {
        try
        {
            return new ResourceAddress(resource);
        }
        catch (RestFailure failure)
        {
            throw new ReadException(ReadErrorKind.Remote, resource.Name, resource.Path, $"{resource.Name}: {resource.Path} {failure.Message}.", failure);
        }
    }

    private static void Check(RestLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Concurrency, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Attempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.LargestPage, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.RequestsPerSecond ?? 1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Timeout, TimeSpan.FromMilliseconds(10));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limits.Timeout, TimeSpan.FromDays(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Backoff, TimeSpan.Zero);
    }
}
