using System.Diagnostics;
using Assay.Read.Rest;

namespace Assay.Read.Tests.Rest;

public class RateLimitTests
{
    [Fact]
    public async Task Arrivals_WhenThereIsALimit_ThenNoSecondOfTheHostsLogHasMore()
    {
        const int Most = 20;
        await using StubApi api = await StubApi.StartAsync(async context =>
        {
            // Delays that bunch requests up, and failures that are tried again.
            int page = StubApi.Number(context, "page");
            await Task.Delay(page * 37 % 120);
            await StubApi.Json(context, StubApi.Page(page, 1, 30), page % 5 == 0 && StubApi.Times(context) == 1 ? 503 : 200);
        });
        RestResource users = RestCase.Users(api) with { Limits = RestCase.Quick with { Concurrency = 40, RequestsPerSecond = Most, Timeout = TimeSpan.FromMinutes(1) } };
        using var client = new RestClient(TimeProvider.System, _ => { });

        // Two resources of one host share its limit, and the stricter one counts.
        RestExtract[] extracts = await Task.WhenAll(
            client.ExtractAsync(users, new MemoryPageLedger(), [], null, CancellationToken.None),
            client.ExtractAsync(users with { Path = "people", Limits = users.Limits with { RequestsPerSecond = 1000 } }, new MemoryPageLedger(), [], null, CancellationToken.None));

        long[] moments = [.. api.Log.Select(arrival => arrival.Moment).Order()];
        Assert.Equal(72, moments.Length);
        Assert.Equal(60, extracts.Sum(extract => extract.Records));
        Assert.True(extracts.Sum(extract => extract.Metrics.RateLimitWait.TotalSeconds) > 1);
        for (int first = 0; first + Most < moments.Length; first++)
        {
            TimeSpan span = Stopwatch.GetElapsedTime(moments[first], moments[first + Most]);
            Assert.True(span >= TimeSpan.FromSeconds(1), $"{Most + 1} requests within {span.TotalMilliseconds} ms");
        }
    }

    [Fact]
    public async Task Turn_WhenSomebodyGivesUpWaiting_ThenTheNextOneHasIt()
    {
        var limit = new RateLimit(TimeProvider.System);
        limit.Tighten(1);
        (RateLimit.Token first, TimeSpan waited) = await limit.TakeAsync(CancellationToken.None);
        using var impatient = new CancellationTokenSource();
        Task<(RateLimit.Token, TimeSpan)> second = limit.TakeAsync(impatient.Token).AsTask();
        Task<(RateLimit.Token, TimeSpan Waited)> third = limit.TakeAsync(CancellationToken.None).AsTask();

        await impatient.CancelAsync();
        first.Spend();
        first.Spend();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(TimeSpan.Zero, waited);
        Assert.InRange((await third).Waited.TotalSeconds, 1, 10);
    }

    [Fact]
    public void Quantile_WhenTimesAreCounted_ThenIsRightToAFewPerCent()
    {
        var histogram = new LatencyHistogram();
        Assert.Null(histogram.Quantile(0.5));

        for (int i = 1; i <= 1000; i++)
        {
            histogram.Add(TimeSpan.FromMilliseconds(i));
        }

        Assert.InRange(histogram.Quantile(0.5)!.Value, 500 * 0.975, 500 * 1.026);
        Assert.InRange(histogram.Quantile(0.95)!.Value, 950 * 0.975, 950 * 1.026);
    }
}
