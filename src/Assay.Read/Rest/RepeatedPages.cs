using Assay.Data;

namespace Assay.Read.Rest;

/// <summary>Sees that a walk would go on for ever.</summary>
/// <remarks>
/// Two signs of it, each enough: a link or a cursor that leads to an address which was asked for before; and two pages with the same
/// body, records on them, after both of which another page is said to come. Pages without records may well be alike: an API that
/// filters what it pages through may have many; of those a hundred in a row, one after another, are taken for endless.
/// </remarks>
internal sealed class RepeatedPages
{
    private const int MostEmpty = 100;

    private readonly Lock _gate = new();

    /// <summary>The digests of the addresses that were asked for.</summary>
    private readonly HashSet<UInt128> _addresses = [];

    /// <summary>By the digests of bodies, the addresses that they came from.</summary>
    private readonly Dictionary<UInt128, string> _bodies = [];
    private int _empty;

    /// <summary>Notes that a page is asked for.</summary>
    /// <param name="address">Its address; null when it is a number of the walk's own making, as nothing leads to such.</param>
    public void Asked(string? address)
    {
        if (address is not null)
        {
            lock (_gate)
            {
                _addresses.Add(TextDigest.Of(address));
            }
        }
    }

    /// <summary>Looks at a page after which another is said to come.</summary>
    /// <param name="page">The page.</param>
    /// <param name="next">The address of the other; null when it is a number of the walk's own making.</param>
    /// <exception cref="RestFailure">The walk would go on for ever.</exception>
    public void Look(RestPage page, string? next)
    {
        if (next is not null && IsAsked(next))
        {
            throw new RestFailure(RestFailure.Body, $"says that its next page is `{next}`, which was asked for already: its pages would go on for ever; check `paginator`");
        }

        if (page.Records == 0)
        {
            if (next is not null && Interlocked.Increment(ref _empty) >= MostEmpty)
            {
                throw new RestFailure(RestFailure.Body, $"is the last of {MostEmpty} pages in a row without a record, and there is another: its pages would go on for ever; check `paginator`");
            }

            return;
        }

        Volatile.Write(ref _empty, 0);
        string first = First(page);
        if (first != page.Address)
        {
            throw new RestFailure(
                RestFailure.Body, $"is the same page as `{first}`, and another is said to come: its pages would go on for ever; check the parameters of `paginator`, which the API seems not to know");
        }
    }

    private bool IsAsked(string address)
    {
        lock (_gate)
        {
            return _addresses.Contains(TextDigest.Of(address));
        }
    }

    /// <summary>The address of the first page with the body of one.</summary>
    private string First(RestPage page)
    {
        lock (_gate)
        {
            UInt128 body = TextDigest.OfHex(page.ContentHash);
            if (!_bodies.TryGetValue(body, out string? first))
            {
                _bodies.Add(body, first = page.Address);
            }

            return first;
        }
    }
}
