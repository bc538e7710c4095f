namespace Assay.Read.Rest;

/// <summary>What came back for a page.</summary>
internal sealed class PageAnswer : IDisposable
{
    /// <summary>Where it came from in the end.</summary>
    public required Uri From { get; init; }

    /// <summary>Its body, as long as this is not disposed of; null when the page is unchanged, or elsewhere.</summary>
    public PageBuffer? Body { get; init; }

    /// <summary>What it says; null when the page is unchanged, or elsewhere.</summary>
    public PageContent? Content { get; init; }

    /// <summary>The <c>Link</c> headers.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The <c>ETag</c>.</summary>
    public string? ETag { get; init; }

    /// <summary>The <c>Last-Modified</c>.</summary>
    public string? LastModified { get; init; }

    /// <summary>Where the page is instead.</summary>
    public Uri? Elsewhere { get; init; }

    /// <inheritdoc/>
    public void Dispose() => Body?.Dispose();
}
