using System.Text;
using System.Text.Json;
using Assay.Read.Rest;

namespace Assay.Read.Tests.Rest;

/// <summary>What the tests of the client share.</summary>
internal static class RestCase
{
    public static RestLimits Quick { get; } = new()
    {
        Concurrency = 4,
        Backoff = TimeSpan.FromMilliseconds(2),
        Timeout = TimeSpan.FromSeconds(10),
    };

    public static RestResource Users(StubApi api) => Users(api.Base);

    public static RestResource Users(Uri api) => new()
    {
        Name = "users",
        BaseUrl = api,
        BaseLabel = "stub:",
        Path = "users",
        Record = "data",
        Paginator = new RestPaginator.PageNumber { TotalPath = "total_pages", TotalRecordsPath = "total" },
        Limits = Quick,
    };

    public static async Task<Extracted> ExtractAsync(
        RestResource resource, IPageLedger? ledger = null, IReadOnlyList<string>? parents = null, Action<string>? notify = null, TimeProvider? time = null)
    {
        using var client = new RestClient(time ?? TimeProvider.System, notify ?? (_ => { }));
        var told = new List<RestPage>();
        RestExtract extract = await client.ExtractAsync(resource, ledger ?? new MemoryPageLedger(), parents ?? [], told.Add, CancellationToken.None);
        Assert.Equal(told.Count, extract.Pages);
        return new Extracted(extract, [.. told.OrderBy(page => page.Part, StringComparer.Ordinal)]);
    }

    public static async Task<ReadException> FailAsync(RestResource resource, IPageLedger? ledger = null, Action<string>? notify = null, IReadOnlyList<string>? parents = null)
    {
        ReadException error = await Assert.ThrowsAsync<ReadException>(() => ExtractAsync(resource, ledger, parents, notify));
        Assert.Equal(ReadErrorKind.Remote, error.Kind);
        Assert.Equal(resource.Name, error.SourceName);
        return error;
    }

    /// <summary>The ids of all records, page after page, as the ledger holds them.</summary>
    public static List<long> Ids(Extracted extract, IPageLedger ledger, string? record = "data")
    {
        var ids = new List<long>();
        foreach (RestPage page in extract.Pages)
        {
            using Stream body = ledger.Open(page);
            using var reader = new StreamReader(body, Encoding.UTF8);
            using JsonDocument document = JsonDocument.Parse(reader.ReadToEnd());
            JsonElement records = record is null ? document.RootElement : document.RootElement.GetProperty(record);
            ids.AddRange(records.EnumerateArray().Select(item => item.GetProperty("id").GetInt64()));
        }

        return ids;
    }

    public static List<long> OneTo(int count) => [.. Enumerable.Range(1, count).Select(id => (long)id)];

    public static string[] Addresses(Extracted extract) => [.. extract.Pages.Select(page => page.Address)];
}
