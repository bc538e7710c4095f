namespace Assay.Read.Tests;

public sealed class RowLedgerTests
{
    [Fact]
    public async Task Enter_WhenBlocksComeOutOfOrder_ThenEachGetsItsFirstRow()
    {
        var ledger = new RowLedger();
        Task<long> third = Task.Run(() => ledger.Enter(2, 1, 5, new RowLedger.Entry(), CancellationToken.None));
        Task<long> second = Task.Run(() => ledger.Enter(1, 0, 7, new RowLedger.Entry(), CancellationToken.None));
        Assert.NotSame(third, await Task.WhenAny(third, Task.Delay(20)));
        Assert.Equal(1, ledger.Enter(0, 0, 10, new RowLedger.Entry(), CancellationToken.None));
        Assert.Equal(11, await second.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(1, await third.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(6, ledger.Enter(3, 1, 1, new RowLedger.Entry(), CancellationToken.None));
    }

    [Fact]
    public async Task Enter_WhenAnotherWorkerFails_ThenTheWaitEndsWithItsError()
    {
        var ledger = new RowLedger();
        Task<long> waiting = Task.Run(() => ledger.Enter(1, 0, 7, new RowLedger.Entry(), CancellationToken.None));
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(20)));
        ledger.Fail(new InvalidDataException("first"));
        ledger.Fail(new InvalidDataException("second"));
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal("first", error.Message);
        Assert.Throws<InvalidDataException>(ledger.ThrowIfFailed);
    }

    [Fact]
    public async Task Enter_WhenCancelled_ThenTheWaitEnds()
    {
        var ledger = new RowLedger();
        using var cancellation = new CancellationTokenSource();
        Task<long> waiting = Task.Run(() => ledger.Enter(1, 0, 7, new RowLedger.Entry(), cancellation.Token));
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(20)));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(10)));
    }
}
