using Assay.Data;
using Assay.Read.Rest;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Keeps the pages of one extract in bronze and in the state.</summary>
internal sealed class PageLedger : IPageLedger
{
    private readonly PageState _state;
    private readonly BronzePages _bronze;
    private readonly PageOwner _owner;
    private readonly PageExtract _extract;

    /// <summary>Short digests of the source's files, and of those of this extract. Should two files ever share one, the later gets a mark in vain.</summary>
    private readonly HashSet<ulong> _taken;

    /// <summary>When the extract was interrupted before: the digests of the addresses that were looked for since.</summary>
    private readonly HashSet<UInt128>? _met;
    private readonly Lock _gate = new();

    /// <param name="state">Where pages are noted.</param>
    /// <param name="bronze">Where their bodies are kept.</param>
    /// <param name="owner">Whose they are.</param>
    /// <param name="extract">The extract.</param>
    /// <param name="loaded">The source's files that silver has.</param>
    public PageLedger(PageState state, BronzePages bronze, PageOwner owner, PageExtract extract, IEnumerable<LoadedFile> loaded)
    {
        _state = state;
        _bronze = bronze;
        _owner = owner;
        _extract = extract;
        _taken = [.. loaded.Select(file => Short(file.Sha256))];
        bool isInterrupted = false;
        state.VisitFiles(owner, (sha256, metBy) =>
        {
            _taken.Add(Short(sha256));
            isInterrupted |= metBy == extract.Id;
        });
        _met = isInterrupted ? [] : null;
    }

    /// <summary>Takes those pages out of the extract that it went on without after an interruption, when the pipeline or the API
    /// had changed: it is not these that silver will have.</summary>
    /// <exception cref="StoreException">They cannot be noted.</exception>
    public void Release()
    {
        if (_met is null)
        {
            return;
        }

        var others = new List<string>();
        _state.Visit(_owner, _extract.Id, page =>
        {
            if (!_met.Contains(TextDigest.Of(page.Address)))
            {
                others.Add(page.Address);
            }
        });
        others.ForEach(address => _state.Release(_owner, address));
    }

    /// <inheritdoc/>
    public KnownPage? Find(string address)
    {
        if (_met is not null)
        {
            lock (_gate)
            {
                _met.Add(TextDigest.Of(address));
            }
        }

        return _state.Find(_owner, address) is { } page && _bronze.IsWhole(page.File) ? new KnownPage(Of(page), page.Extract == _extract.Id) : null;
    }

    /// <inheritdoc/>
    public void Keep(RestPage page, ReadOnlyMemory<byte> body)
    {
        PageFile? file = _state.Find(_owner, page.Address) is { } known && known.ContentHash == page.ContentHash
            && (_bronze.IsWhole(known.File) || _bronze.Restore(known.File, page.Address, body.Span))
            ? known.File
            : null;
        _state.Keep(_owner, Of(page, file ?? _bronze.Keep(_extract.Day, page.Part, page.Address, body.Span, IsFree)));
    }

    /// <inheritdoc/>
    public void Reuse(RestPage page)
    {
        if (_state.Find(_owner, page.Address) is { } known)
        {
            _state.Keep(_owner, Of(page, known.File));
        }
    }

    /// <inheritdoc/>
    public Stream Open(RestPage page) => _state.Find(_owner, page.Address) is { } known
        ? _bronze.Open(known.File)
        : throw new RunException($"the page {page.Address} of `{_owner.Source}` was forgotten while it was used; run again");

    private bool IsFree(string sha256)
    {
        lock (_gate)
        {
            return _taken.Add(Short(sha256));
        }
    }

    private static ulong Short(string sha256) => (ulong)(TextDigest.OfHex(sha256) >> 64);

    private static RestPage Of(StoredPage page) => new()
    {
        Address = page.Address,
        Part = page.Part,
        ContentHash = page.ContentHash,
        Bytes = page.Bytes,
        Records = page.Records,
        Next = page.Next,
        Total = page.Total,
        Watermark = page.Watermark,
        ETag = page.ETag,
        LastModified = page.LastModified,
        Reading = page.Reading,
        Fetched = page.Fetched,
    };

    private StoredPage Of(RestPage page, PageFile file) => new()
    {
        Address = page.Address,
        Part = page.Part,
        ContentHash = page.ContentHash,
        Bytes = page.Bytes,
        Records = page.Records,
        Next = page.Next,
        Total = page.Total,
        Watermark = page.Watermark,
        ETag = page.ETag,
        LastModified = page.LastModified,
        Reading = page.Reading,
        Fetched = page.Fetched,
        File = file,
        Extract = _extract.Id,
    };
}
