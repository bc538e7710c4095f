using Assay.App.Pipelines;
using Assay.Read.Rest;

namespace Assay.App.Runs;

/// <summary>How many pages of a run's APIs are there, and how many there will be, as far as the APIs have said so by now. Used from several threads at once.</summary>
internal sealed class FetchProgress
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long?> _expected = new(StringComparer.Ordinal);
    private long _pages;

    /// <param name="sources">The sources that are fetched.</param>
    public FetchProgress(IEnumerable<SourceDefinition> sources)
    {
        foreach (SourceDefinition source in sources)
        {
            bool isOnePage = source.Rest is { Parent: null, Paginator: RestPaginator.SinglePagePaginator };
            _expected[source.Name] = isOnePage ? 1 : null;
        }
    }

    /// <summary>The pages that are there, and how many there will be; null until that is known of all sources.</summary>
    public (long Done, long? Total) Pages
    {
        get
        {
            lock (_gate)
            {
                long total = _expected.Values.Sum(expected => expected ?? 0);
                return (_pages, _expected.ContainsValue(null) ? null : Math.Max(total, _pages));
            }
        }
    }

    /// <summary>Notes for how many records of its parent a source is asked: each has a page, and may have more.</summary>
    /// <param name="source">The source.</param>
    /// <param name="records">How many there are.</param>
    public void Ask(SourceDefinition source, int records)
    {
        lock (_gate)
        {
            _expected[source.Name] = records;
        }
    }

    /// <summary>Notes a page.</summary>
    /// <param name="source">The source.</param>
    /// <param name="page">The page.</param>
    public void Add(SourceDefinition source, RestPage page)
    {
        lock (_gate)
        {
            _pages++;
            if (source.Rest!.Parent is not null)
            {
                _expected[source.Name] += page.Part.EndsWith("-00001", StringComparison.Ordinal) ? 0 : 1;
            }
            else if (Declared(source.Rest.Paginator, page) is { } declared)
            {
                _expected[source.Name] = declared;
            }
        }
    }

    /// <summary>How many pages an API says it has: it counts pages, or the records that are fetched by offset.</summary>
    private static long? Declared(RestPaginator paginator, RestPage page) => (paginator, page.Total) switch
    {
        (RestPaginator.PageNumber { MaximumPage: { } last } numbers, { } total) => Math.Min(total, last - numbers.BasePage + 1),
        (RestPaginator.Offset offsets, { } total) => Math.Min((total + offsets.Limit - 1) / offsets.Limit, ((offsets.MaximumOffset ?? long.MaxValue) / offsets.Limit) + 1),
        (RestPaginator.PageNumber or RestPaginator.AutoPaginator, { } total) => total,
        _ => null,
    };
}
