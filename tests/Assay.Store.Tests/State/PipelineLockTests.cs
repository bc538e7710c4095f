namespace Assay.Store.Tests.State;

public sealed class PipelineLockTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Take_WhenARunOfThePipelineIsUnderWay_ThenSaysSo()
    {
        using PipelineLock held = PipelineLock.Take(_temporary.Home, "shop");

        StoreException e = Assert.Throws<StoreException>(
            () => PipelineLock.Take(_temporary.Home, "shop", TimeSpan.FromMilliseconds(20), CancellationToken.None));

        Assert.Equal("another run of `shop` is under way and did not end within 0 seconds; wait for it or end it, then run again", e.Message);
        using PipelineLock other = PipelineLock.Take(_temporary.Home, "other", TimeSpan.Zero, CancellationToken.None);
        Assert.Equal([".other.lock", ".shop.lock"], TemporaryHome.Names(_temporary.Home.Runs));
    }

    [Fact]
    public async Task Take_WhenTheOtherRunEnds_ThenGoesOn()
    {
        PipelineLock held = PipelineLock.Take(_temporary.Home, "shop");
        Task<PipelineLock> waiting = Task.Run(() => PipelineLock.Take(_temporary.Home, "shop"));

        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(50)));
        held.Dispose();

        using PipelineLock taken = await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Take_WhenCancelled_ThenStopsWaiting()
    {
        using PipelineLock held = PipelineLock.Take(_temporary.Home, "shop");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => PipelineLock.Take(_temporary.Home, "shop", cancelled.Token));
    }
}
