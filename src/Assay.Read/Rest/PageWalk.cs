using System.Security.Cryptography;

namespace Assay.Read.Rest;

/// <summary>The pages of a resource, or of one record of its parent's, from the first to the last.</summary>
internal sealed class PageWalk
{
    private readonly ResourceExtract _extract;
    private readonly Pagination _pagination;
    private readonly RepeatedPages _repeated = new();
    private readonly WalkTotal _total = new();
    private readonly string _prefix;
    private readonly string? _members;
    private readonly string _reading;
    private readonly bool _needsBody;

    /// <summary>Makes it.</summary>
    /// <param name="extract">The extract it is part of.</param>
    /// <param name="pagination">How its pages follow one another.</param>
    /// <param name="prefix">What their parts begin with.</param>
    /// <param name="members">What their records get besides their own fields; null for nothing.</param>
    public PageWalk(ResourceExtract extract, Pagination pagination, string prefix, string? members)
    {
        _extract = extract;
        _pagination = pagination;
        _prefix = prefix;
        _members = members;
        _reading = extract.Reading(members);
        _needsBody = pagination.Shape.Collect is not null || pagination.Shape.TotalRecords is not null;
    }

    /// <summary>Walks.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What its pages come to.</returns>
    public async Task<WalkTotal> RunAsync(CancellationToken cancellationToken)
    {
        RestPage page = await StepAsync(1, null, cancellationToken);
        _pagination.Begin(page);
        if (_pagination.Places(page) is not null)
        {
            await StepTogetherAsync(cancellationToken);
            return _total;
        }

        for (long place = 2; page.Next is { } word; place++)
        {
            page = await StepAsync(place, word, cancellationToken);
        }

        return _total;
    }

    /// <summary>Fetches all pages that are declared, and, should later ones declare more, those too.</summary>
    private async Task StepTogetherAsync(CancellationToken cancellationToken)
    {
        for (long walked = 1; _total.Places is var last && last > walked; walked = last)
        {
            await Parallel.ForEachAsync(
                Places(walked + 1, last),
                _extract.Parallel(cancellationToken),
                async (place, token) => await StepAsync(place, _pagination.Word(place), token));
        }
    }

    private static IEnumerable<long> Places(long from, long to)
    {
        for (long place = from; place <= to; place++)
        {
            yield return place;
        }
    }

    private async Task<RestPage> StepAsync(long place, string? word, CancellationToken cancellationToken)
    {
        using IDisposable slot = await _extract.SlotAsync(cancellationToken);
        Uri address = Address(word);
        string label = _extract.Addresses.Label(address);
        string part = _prefix + PartNumber.Of(place);
        _repeated.Asked(word is not null && _pagination.IsNumbered(word) ? null : label);
        KnownPage? known = _extract.Ledger.Find(label) is { } found && found.Page.Reading == _reading ? found : null;
        WalkedPage walked = known is not null && _extract.IsGood(known)
            ? await TakeUpAsync(known, part, cancellationToken)
            : await FetchAsync(address, label, part, word, known?.Page is { } page && _pagination.MayBeUnchanged(page) ? page : null, cancellationToken);
        _total.Add(place, walked, _pagination.Places(walked.Page));
        _extract.Told(walked.Page);
        return walked.Page;
    }

    private Uri Address(string? word)
    {
        try
        {
            return word is null ? _pagination.First : _pagination.Follow(word);
        }
        catch (RestFailure failure)
        {
            throw _extract.Requests.Refused(null, failure);
        }
    }

    private async Task<WalkedPage> TakeUpAsync(KnownPage known, string part, CancellationToken cancellationToken)
    {
        RestPage page = known.Page.Part == part ? known.Page : known.Page with { Part = part };
        WalkedPage walked = await ReadAsync(page, cancellationToken);
        if (known.IsOfThisExtract)
        {
            _extract.Counters.Resumed();
        }
        else
        {
            _extract.Counters.Cached();
        }

        if (!known.IsOfThisExtract || known.Page.Part != part)
        {
            _extract.Ledger.Reuse(page);
        }

        return walked;
    }

    private async Task<WalkedPage> FetchAsync(
        Uri address, string label, string part, string? word, RestPage? known, CancellationToken cancellationToken)
    {
        using PageAnswer answer = await _extract.Requests.GetAsync(address, known, _pagination.Shape, cancellationToken);
        if (answer.Content is not { } content || answer.Body is not { } body)
        {
            return await RenewAsync(address, answer, known!, part, cancellationToken);
        }

        // What comes from the parent is part of the page from here on: of its hash, and of what is kept.
        ReadOnlyMemory<byte> kept = _members is null ? body.Written : RecordMembers.Add(body.Written, _pagination.Shape.Record, _members);
        RestPage page;
        try
        {
            page = new RestPage
            {
                Address = label,
                Part = part,
                ContentHash = Convert.ToHexStringLower(SHA256.HashData(kept.Span)),
                Bytes = kept.Length,
                Records = content.Records,
                Next = _pagination.Next(answer, content, word),
                Total = content.Total,
                Watermark = content.Watermark,
                ETag = answer.ETag,
                LastModified = answer.LastModified,
                Reading = _reading,
                Fetched = _extract.Time.GetUtcNow(),
            };
            Look(page);
        }
        catch (RestFailure failure)
        {
            throw _extract.Requests.Refused(address, failure);
        }

        _extract.Counters.Fetched();
        _extract.Ledger.Keep(page, kept);
        return new WalkedPage(page, _pagination.DeclaredRecords(page, content), content.Collected);
    }

    private async Task<WalkedPage> RenewAsync(Uri address, PageAnswer answer, RestPage known, string part, CancellationToken cancellationToken)
    {
        RestPage page = known with
        {
            Part = part,
            Next = Renewed(address, answer, known),
            Fetched = _extract.Time.GetUtcNow(),
            ETag = answer.ETag ?? known.ETag,
            LastModified = answer.LastModified ?? known.LastModified,
        };
        WalkedPage walked = await ReadAsync(page, cancellationToken);
        _extract.Counters.Unchanged();
        _extract.Ledger.Reuse(page);
        return walked;
    }

    private string? Renewed(Uri address, PageAnswer answer, RestPage known)
    {
        try
        {
            return _pagination.Renewed(answer, known);
        }
        catch (RestFailure failure)
        {
            throw _extract.Requests.Refused(address, failure);
        }
    }

    /// <summary>What is needed of a page that is known, and is not in its entry, is in its body.</summary>
    private async Task<WalkedPage> ReadAsync(RestPage page, CancellationToken cancellationToken)
    {
        try
        {
            Look(page);
            if (!_needsBody)
            {
                return new WalkedPage(page, _pagination.DeclaredRecords(page, null), []);
            }

            await using Stream body = _extract.Ledger.Open(page);
            PageContent content = await _extract.Requests.ReadAsync(body, _pagination.Shape, cancellationToken);
            return new WalkedPage(page, _pagination.DeclaredRecords(page, content), content.Collected);
        }
        catch (RestFailure failure)
        {
            throw _extract.Requests.Refused(_extract.Addresses.Of(page.Address), failure);
        }
    }

    private void Look(RestPage page)
    {
        if (page.Next is { } word)
        {
            _repeated.Look(page, _pagination.IsNumbered(word) ? null : _extract.Addresses.Label(_pagination.Follow(word)));
        }
    }
}
