using System.Globalization;
using Assay.Read.Rest;
using Microsoft.AspNetCore.Http;

namespace Assay.Read.Tests.Rest;

/// <summary>Any total, any page size, any paginator, and failures of all kinds: each record comes once, in order, however many pages are asked for at once.</summary>
public class AnyApiTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Extract_WhenTheApiFailsNowAndThen_ThenEveryRecordComesOnceAndInOrder(int seed)
    {
        var random = new Random(seed);
        int total = random.Next(3) == 0 ? random.Next(5) : random.Next(1, 120);
        int size = random.Next(1, 15);
        string kind = new[] { "numbers", "numbers without total", "offset", "offset without total", "cursor", "json_link", "header_link", "auto" }[seed % 8];
        double failing = random.NextDouble() * 0.5;
        await using StubApi api = await StubApi.StartAsync(context => Answer(context, seed, kind, total, size, failing));
        RestResource users = RestCase.Users(api) with
        {
            Paginator = kind switch
            {
                "numbers" => new RestPaginator.PageNumber { TotalPath = "total_pages", TotalRecordsPath = "total" },
                "numbers without total" => new RestPaginator.PageNumber(),
                "offset" => new RestPaginator.Offset { Limit = size, TotalPath = "total" },
                "offset without total" => new RestPaginator.Offset { Limit = size },
                "cursor" => new RestPaginator.Cursor("next", "cursor"),
                "json_link" => new RestPaginator.JsonLink("next"),
                "header_link" => new RestPaginator.HeaderLink(),
                _ => RestPaginator.Auto,
            },
            Collect = "id",
            Incremental = new RestIncremental("id", "since", "0"),
        };
        var single = new MemoryPageLedger();
        var many = new MemoryPageLedger();

        Extracted one = await RestCase.ExtractAsync(users with { Limits = RestCase.Quick with { Concurrency = 1 } }, single);
        int requests = api.Log.Count;
        api.Log.Clear();
        Extracted eight = await RestCase.ExtractAsync(users with { Limits = RestCase.Quick with { Concurrency = 8 } }, many);

        Assert.Equal(RestCase.OneTo(total), RestCase.Ids(one, single));
        Assert.Equal(RestCase.OneTo(total), RestCase.Ids(eight, many));
        Assert.Equal(one.Pages.Select(page => page with { Fetched = default }), eight.Pages.Select(page => page with { Fetched = default }));
        Assert.Equal(one.Pages, one.Pages.OrderBy(page => page.Part, StringComparer.Ordinal));
        Assert.Equal((total, one.DeclaredRecords), (eight.Records, eight.DeclaredRecords));
        Assert.Equal(total.ToString(CultureInfo.InvariantCulture), one.Watermark);
        Assert.Equal(RestCase.OneTo(total).Select(id => id.ToString(CultureInfo.InvariantCulture)), eight.Collected);
        Assert.Equal((requests, requests), (one.Metrics.Requests, eight.Metrics.Requests));
        Assert.Equal(one.Metrics.Retries, eight.Metrics.Retries);
    }

    private static Task Answer(HttpContext context, int seed, string kind, int total, int size, double failing)
    {
        HttpRequest request = context.Request;
        int page = kind switch
        {
            "offset" or "offset without total" => (StubApi.Number(context, "offset") / StubApi.Number(context, "limit")) + 1,
            "cursor" => StubApi.Number(context, "cursor"),
            _ => StubApi.Number(context, "page"),
        };
        bool hasNext = page * size < total;
        int fault = Fault(seed, page, StubApi.Times(context), failing);
        if (fault == 5)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        string next = kind switch
        {
            "cursor" => $",\"next\":{(hasNext ? page + 1 : "null")}",
            "json_link" => $",\"next\":{(hasNext ? $"\"/api/users?page={page + 1}\"" : "null")}",
            _ => "",
        };
        if (kind == "header_link" && hasNext)
        {
            context.Response.Headers.Link = $"<{request.Scheme}://{request.Host}/api/users?page={page + 1}>; rel=next";
        }

        string body = StubApi.Page(page, size, total, next);
        return fault switch
        {
            1 => StubApi.Json(context, "", 500),
            2 => StubApi.Json(context, "", 503),
            3 => StubApi.Json(context, "", 429),
            4 => StubApi.Json(context, body[..^2]),
            6 => StubApi.Json(context, "<html>"),
            _ => StubApi.Json(context, body),
        };
    }

    /// <summary>Whether a try fails, and how: the same for the same page and try, whatever came before. The fifth try never does.</summary>
    private static int Fault(int seed, int page, int times, double failing)
    {
        var random = new Random((((seed * 1009) + page) * 1009) + times);
        return times < 5 && random.NextDouble() < failing ? random.Next(1, 7) : 0;
    }
}
