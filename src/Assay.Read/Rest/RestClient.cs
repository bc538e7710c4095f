namespace Assay.Read.Rest;

/// <summary>Fetches resources of REST APIs. One client serves all resources of a run: those of one host share its rate limit and its circuit breaker. Safe for several threads.</summary>
public sealed class RestClient : IDisposable
{
    /// <summary>Makes a client.</summary>
    /// <param name="time">Tells the time.</param>
    /// <param name="notify">Is told what a person should know while it waits, such as a retry.</param>
    public RestClient(TimeProvider time, Action<string> notify)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(notify);
    }

    /// <summary>Fetches the pages of a resource, as far as they are not known.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="ledger">Where its pages are kept.</param>
    /// <param name="parents">The values of its <see cref="RestResource.Parent"/>, in order; empty without one.</param>
    /// <param name="progress">Is told of each page: its records.</param>
    /// <param name="cancellationToken">Stops it; what was kept is kept.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="ReadException">The API refuses, cannot be reached, or answers what cannot be used.</exception>
    public Task<RestExtract> ExtractAsync(
        RestResource resource, IPageLedger ledger, IReadOnlyList<string> parents, Action<RestPage>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
