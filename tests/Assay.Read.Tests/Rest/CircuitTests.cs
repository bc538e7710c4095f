using System.Diagnostics;
using Assay.Read.Rest;

namespace Assay.Read.Tests.Rest;

public class CircuitTests
{
    [Fact]
    public async Task Circuit_WhenTheHostComesBack_ThenRequestsWaitedAndAllArriveWell()
    {
        int arrivals = 0;
        await using StubApi api = await StubApi.StartAsync(context =>
            StubApi.Number(context, "page") > 1 && Interlocked.Increment(ref arrivals) <= 21
                ? StubApi.Json(context, "", 503)
                : StubApi.Json(context, StubApi.Page(StubApi.Number(context, "page"), 1, 17)));
        var told = new List<string>();
        var ledger = new MemoryPageLedger();

        Extracted extract = await RestCase.ExtractAsync(
            RestCase.Users(api) with { Limits = RestCase.Quick with { Concurrency = 8, Attempts = 9, LongestWait = TimeSpan.FromMilliseconds(20) } }, ledger, notify: told.Add);

        Assert.Equal(RestCase.OneTo(17), RestCase.Ids(extract, ledger));
        Assert.Equal(38, api.Log.Count);
        Assert.Equal(21, extract.Metrics.Retries["503"]);
        Assert.Contains(told, line => line.StartsWith("users: the host is in trouble; asking again in 0.", StringComparison.Ordinal));

        // Of 21 failures at least 20 came before the first break of half a second; while it lasts, nothing arrives.
        long[] moments = [.. api.Log.Select(arrival => arrival.Moment)];
        Assert.Contains(moments.Zip(moments.Skip(1)), pair => Stopwatch.GetElapsedTime(pair.First, pair.Second) > TimeSpan.FromSeconds(0.4));
    }

    [Fact]
    public async Task Circuit_WhenTheHostStaysAway_ThenRequestsAreGivenUp()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, "gone", 503));
        RestLimits limits = RestCase.Quick with { Attempts = 60, LongestWait = TimeSpan.FromMilliseconds(2) };

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Limits = limits });

        Assert.Matches(
            "^users: stub:users\\?page=1 was held back for (1\\.[5-9]|2(\\.[0-9])?) s, because its host answers nothing well; the last request to it answered 503 Service Unavailable: "
            + "the API is in trouble: run again later, or raise `attempts`\\. It said: gone \\(the last of 2[0-9] tries\\)\\.$",
            error.Message);
        Assert.InRange(api.Log.Count, 20, 25);
    }
}
