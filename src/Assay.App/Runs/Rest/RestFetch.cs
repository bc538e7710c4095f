using System.Globalization;
using System.Security.Cryptography;
using Assay.App.Pipelines;
using Assay.Read;
using Assay.Read.Rest;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Fetches one source of an API.</summary>
internal sealed class RestFetch
{
    /// <summary>After a day, pages of an interrupted extract would be mixed with others of another time.</summary>
    private static readonly TimeSpan OldestExtract = TimeSpan.FromHours(24);

    private readonly SourceDefinition _source;
    private readonly RestSourceDefinition _rest;
    private readonly RunOptions _options;
    private readonly PageState _pages;
    private readonly RestClient _client;
    private readonly RestResource _resource;
    private readonly PageOwner _owner;

    /// <param name="pipeline">The pipeline.</param>
    /// <param name="source">The source.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="pages">Where pages are noted.</param>
    /// <param name="client">Asks.</param>
    /// <exception cref="UsageException">Nothing says where the API is, or a secret has no value.</exception>
    public RestFetch(PipelineDefinition pipeline, SourceDefinition source, RunOptions options, PageState pages, RestClient client)
    {
        _source = source;
        _rest = source.Rest!;
        _options = options;
        _pages = pages;
        _client = client;
        string otherwise = pipeline.Simulate is null ? "" : ", or ask an imitation with --simulate";
        Uri address = options.SimulatedApi?.BaseUrl ?? _rest.BaseUrl ?? throw new UsageException(
            $"nothing says where the API of `{source.Name}` is, as its `base_url` is empty; give its variable a value, such as --set base_url=https://api.example.com"
            + otherwise);
        _resource = new RestResource
        {
            Name = source.Name,
            BaseUrl = address,
            BaseLabel = options.SimulatedApi is null ? null : SimulatedApi.Label,
            Path = _rest.Path,
            Parameters = _rest.Parameters,
            Headers = _rest.Headers,
            // An imitation asks for no secrets, and need not be given them.
            Authentication = options.SimulatedApi is null ? _rest.Credentials.Require(otherwise) : RestAuthentication.None,
            Paginator = _rest.Paginator,
            Record = source.Record,
            Parent = _rest.Parent,
            Limits = _rest.Limits,
        };
        _owner = new PageOwner(pipeline.Name, source.Name, Base(source, options)!);
    }

    /// <summary>What pages of a source are kept under: where its API is, or what stands for that; null when nothing says so.</summary>
    public static string? Base(SourceDefinition source, RunOptions options) =>
        options.SimulatedApi is null ? source.Rest?.BaseUrl?.AbsoluteUri : SimulatedApi.Label;

    /// <summary>Where a page came from, as people are told.</summary>
    public static string Origin(PageOwner owner, FetchedPage page) =>
        page.Address.StartsWith("http://", StringComparison.Ordinal) || page.Address.StartsWith("https://", StringComparison.Ordinal) ? page.Address : owner.Base + page.Address;

    /// <summary>Fetches what is missing.</summary>
    /// <param name="batch">What it is fetched for.</param>
    /// <param name="loaded">The files that silver has, or is rebuilt from.</param>
    /// <param name="needs">What other sources need of its records.</param>
    /// <param name="parents">What it needs of its parent's.</param>
    /// <param name="progress">Is told of each page.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was fetched.</returns>
    /// <exception cref="ReadException">The API refuses, cannot be reached, or answers what cannot be used.</exception>
    /// <exception cref="StoreException">A page cannot be kept.</exception>
    public async Task<FetchedSource> RunAsync(
        BronzeBatch batch,
        IReadOnlyList<LoadedFile> loaded,
        IReadOnlyList<ParentNeed> needs,
        ParentValues parents,
        Action<RestPage> progress,
        CancellationToken cancellationToken)
    {
        var bronze = new BronzePages(_options.Home, _source.Name);
        Recover(bronze, loaded);
        PageExtract extract = _pages.Begin(_owner, batch.Day, batch.At, IsOver);
        RestResource resource = _resource with
        {
            Incremental = _rest.Incremental is { } incremental ? incremental with { StartValue = extract.Watermark ?? incremental.StartValue } : null,
            ParentFields = parents.Fields,
        };
        var ledger = new PageLedger(_pages, bronze, _owner, extract, loaded);
        RestExtract result = await _client.ExtractAsync(Giving(resource, needs.FirstOrDefault()), ledger, parents.Values, progress, cancellationToken).ConfigureAwait(false);
        ledger.Release();
        _pages.Complete(extract.Id, _options.Time.GetUtcNow());
        var values = needs.Take(1).ToDictionary(need => need.Key, _ => new ParentValues(result.Collected, result.CollectedFields), StringComparer.Ordinal);
        foreach (ParentNeed need in needs.Skip(1))
        {
            // All pages are there by now, so that nothing is asked for again.
            RestExtract again = await _client.ExtractAsync(Giving(resource, need), ledger, parents.Values, null, cancellationToken).ConfigureAwait(false);
            values[need.Key] = new ParentValues(again.Collected, again.CollectedFields);
        }

        var pages = new FetchedPages();
        _pages.Visit(_owner, extract.Id, page => pages.Add(FetchedPage.Of(page)));
        return new FetchedSource(_source, _owner, extract, result, pages) { Values = values };
    }

    private static RestResource Giving(RestResource resource, ParentNeed? need) =>
        need is null ? resource : resource with { Collect = need.Field, CollectFields = need.Fields };

    /// <summary>Whether an unfinished extract is given up. One that has all its pages goes on with loading them, unless
    /// that is not what is asked for.</summary>
    private bool IsOver(PageExtract extract) =>
        (_options.Time.GetUtcNow() - extract.Started).Duration() > OldestExtract || (extract.Fetched is not null && _options.Until == Layer.Bronze);

    /// <summary>Notes the pages that silver is rebuilt from when the state was lost, so that those which the API still has are not loaded twice.</summary>
    private void Recover(BronzePages bronze, IReadOnlyList<LoadedFile> loaded)
    {
        if (!_options.FullRefresh || _pages.Any(_owner))
        {
            return;
        }

        foreach (LoadedFile file in loaded.Where(file => file.BronzePath is not null && file.Name.StartsWith(_owner.Base, StringComparison.Ordinal)))
        {
            var page = new PageFile(file.BronzePath!, file.Sha256, file.Bytes);
            using Stream body = bronze.Open(page);
            using var content = new MemoryStream();
            body.CopyTo(content);
            string hash = Convert.ToHexStringLower(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
            _pages.Keep(_owner, new StoredPage
            {
                Address = file.Name[_owner.Base.Length..],
                Part = file.Rows.ToString(CultureInfo.InvariantCulture),
                ContentHash = hash,
                Bytes = content.Length,
                Records = file.Rows,
                Fetched = DateTimeOffset.UnixEpoch,
                File = page,
                Extract = 0,
                LoadedHash = hash,
            });
        }
    }
}
