using System.Collections.Concurrent;

namespace Assay.Read.Rest;

/// <summary>Keeps pages in memory, as long as it lives: for small sources that need not survive the process.</summary>
public sealed class MemoryPageLedger : IPageLedger
{
    private readonly ConcurrentDictionary<string, (RestPage Page, ReadOnlyMemory<byte> Body)> _pages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _ofThisExtract = new(StringComparer.Ordinal);

    /// <summary>Ends an extract: pages are of an earlier one from now on.</summary>
    public void Complete() => _ofThisExtract.Clear();

    /// <inheritdoc/>
    public KnownPage? Find(string address) =>
        _pages.TryGetValue(address, out (RestPage Page, ReadOnlyMemory<byte> Body) kept) ? new KnownPage(kept.Page, _ofThisExtract.ContainsKey(address)) : null;

    /// <inheritdoc/>
    public void Keep(RestPage page, ReadOnlyMemory<byte> body)
    {
        _pages[page.Address] = (page, body.ToArray());
        _ofThisExtract[page.Address] = true;
    }

    /// <inheritdoc/>
    public void Reuse(RestPage page)
    {
        _pages[page.Address] = (page, _pages[page.Address].Body);
        _ofThisExtract[page.Address] = true;
    }

    /// <inheritdoc/>
    public Stream Open(RestPage page) => new MemoryStream(_pages[page.Address].Body.ToArray(), writable: false);
}
