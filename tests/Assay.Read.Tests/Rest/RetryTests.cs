using System.Diagnostics;
using System.Globalization;
using Assay.Read.Rest;

namespace Assay.Read.Tests.Rest;

/// <summary>Tries, waits and time limits.</summary>
public class RetryTests
{
    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Status_WhenItMayPass_ThenIsTriedAgain(int status)
    {
        await using StubApi api = await StubApi.StartAsync(context =>
            StubApi.Times(context) < 3 ? StubApi.Json(context, "{}", status) : StubApi.Json(context, StubApi.Page(StubApi.Number(context, "page"), 1, 3)));
        var ledger = new MemoryPageLedger();

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api), ledger);

        Assert.Equal([1, 2, 3], RestCase.Ids(extract, ledger));
        Assert.Equal(6, extract.Metrics.Retries[$"{status}"]);
        Assert.Equal((9, 3), (extract.Metrics.Requests, extract.Metrics.PagesFetched));
        Assert.Equal(9, api.Log.Count);
        Assert.InRange(extract.Metrics.MedianMilliseconds!.Value, 0.05, 5000);
        Assert.True(extract.Metrics.Percentile95Milliseconds >= extract.Metrics.MedianMilliseconds);
    }

    [Fact]
    public async Task Tries_WhenAllAreUsedUp_ThenTheErrorShowsTheLast()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, $"try {StubApi.Times(context)}", 503));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api));

        Assert.Equal(
            "users: stub:users?page=1 answered 503 Service Unavailable: the API is in trouble: run again later, or raise `attempts`. It said: try 5 (the last of 5 tries).",
            error.Message);
        Assert.Equal(5, api.Log.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task Status_WhenItWillNotPass_ThenFailsAtOnce(int status)
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, "{\"page\":\"must be less\"}", status));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api));

        Assert.EndsWith("check `path`, `params` and `headers`. It said: {\"page\":\"must be less\"}.", error.Message, StringComparison.Ordinal);
        Assert.Single(api.Log);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("date")]
    public async Task RetryAfter_WhenItIsGiven_ThenIsWaitedForAndTold(string form)
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            if (StubApi.Times(context) > 1)
            {
                return StubApi.Json(context, StubApi.Page(1, 1, 1));
            }

            // A clock that is a year off: only the difference of both times counts.
            var now = new DateTimeOffset(2031, 5, 1, 12, 0, 0, TimeSpan.Zero);
            context.Response.Headers.Date = now.ToString("R", CultureInfo.InvariantCulture);
            context.Response.Headers.RetryAfter = form == "date" ? now.AddSeconds(1).ToString("R", CultureInfo.InvariantCulture) : form;
            return StubApi.Json(context, "", 429);
        });
        var told = new List<string>();

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api), notify: told.Add);

        StubApi.Arrival[] log = [.. api.Log];
        Assert.Equal(1, extract.Records);
        Assert.InRange(Stopwatch.GetElapsedTime(log[0].Moment, log[1].Moment).TotalSeconds, 0.99, 5);
        Assert.Equal(["users: stub:users?page=1: answered 429; trying again in 1 s (2 of 5)."], told);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("Wed, 21 Oct 2015 07:28:00 GMT")]
    public async Task RetryAfter_WhenItHasPassed_ThenTheUsualWaitIsTaken(string asked)
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = asked;
            return StubApi.Times(context) == 1 ? StubApi.Json(context, "", 429) : StubApi.Json(context, StubApi.Page(1, 1, 1));
        });

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api) with { Limits = RestCase.Quick with { Backoff = TimeSpan.FromMilliseconds(200) } });

        Assert.Equal(1, extract.Records);
        StubApi.Arrival[] arrivals = [.. api.Log];
        Assert.True(TimeProvider.System.GetElapsedTime(arrivals[0].Moment, arrivals[1].Moment) >= TimeSpan.FromMilliseconds(140));
    }

    [Fact]
    public async Task RetryAfter_WhenItIsTooLong_ThenTheRequestFailsAtOnce()
    {
        await using StubApi api = await StubApi.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "3600";
            return StubApi.Json(context, "", 429);
        });

        ReadException error = await RestCase.FailAsync(RestCase.Users(api));

        Assert.EndsWith("It said nothing. It asks to wait for 3600 s, and the longest wait is 300 s: run again later.", error.Message, StringComparison.Ordinal);
        Assert.Single(api.Log);
    }

    [Fact]
    public async Task Waits_WhenNothingIsAskedFor_ThenDoubleAndDifferByAQuarterAtMost()
    {
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, "", 500));

        await RestCase.FailAsync(RestCase.Users(api) with { Limits = RestCase.Quick with { Backoff = TimeSpan.FromMilliseconds(100), Attempts = 4 } });

        long[] moments = [.. api.Log.Select(arrival => arrival.Moment)];
        Assert.Equal(4, moments.Length);
        for (int i = 0; i < 3; i++)
        {
            double wait = Stopwatch.GetElapsedTime(moments[i], moments[i + 1]).TotalMilliseconds;
            Assert.InRange(wait, (75 << i) - 10, (125 << i) + 1000);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Try_WhenItTakesTooLong_ThenIsGivenUpAndTriedAgain(bool hasBegun)
    {
        await using StubApi api = await StubApi.StartAsync(async context =>
        {
            if (StubApi.Times(context) == 1)
            {
                if (hasBegun)
                {
                    await StubApi.Json(context, "{\"data\":[");
                    await context.Response.Body.FlushAsync();
                }

                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }

            await StubApi.Json(context, StubApi.Page(1, 1, 1));
        });

        Extracted extract = await RestCase.ExtractAsync(RestCase.Users(api) with { Limits = RestCase.Quick with { Timeout = TimeSpan.FromMilliseconds(400) } });

        Assert.Equal((1, 1), (extract.Records, extract.Metrics.Retries["timeout"]));
    }

    [Fact]
    public async Task Try_WhenEveryOneTakesTooLong_ThenTheErrorSaysSo()
    {
        await using StubApi api = await StubApi.StartAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Limits = RestCase.Quick with { Timeout = TimeSpan.FromMilliseconds(50), Attempts = 2 } });

        Assert.Equal("users: stub:users?page=1 was not answered within 0.05 s: raise `timeout` if the API is slow (the last of 2 tries).", error.Message);
    }

    [Fact]
    public async Task Extract_WhenItTakesTooLong_ThenEndsAndWhatCameIsKept()
    {
        await using StubApi api = await StubApi.StartAsync(async context =>
        {
            int page = StubApi.Number(context, "page");
            await Task.Delay(page == 1 ? 0 : 60_000, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            await StubApi.Json(context, StubApi.Page(page, 1, 9));
        });
        var ledger = new MemoryPageLedger();

        ReadException error = await RestCase.FailAsync(RestCase.Users(api) with { Limits = RestCase.Quick with { TotalTimeout = TimeSpan.FromSeconds(1) } }, ledger);

        Assert.Equal("users: the extract took longer than its `total_timeout` of 1 s. The pages that came are kept: run again, and it goes on with those that are missing.", error.Message);
        Assert.NotNull(ledger.Find("users?page=1"));
    }

    [Fact]
    public async Task Extract_WhenItIsCancelled_ThenStops()
    {
        using var cancellation = new CancellationTokenSource();
        await using StubApi api = await StubApi.StartAsync(async context =>
        {
            await cancellation.CancelAsync();
            await StubApi.Json(context, "", 503);
        });
        using var client = new RestClient(TimeProvider.System, _ => { });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.ExtractAsync(RestCase.Users(api), new MemoryPageLedger(), [], null, cancellation.Token));
    }
}
