namespace Assay.Store.Tests.Engines;

public class EngineRetryTests
{
    private readonly List<string> _notes = [];

    [Fact]
    public void Run_WhenAFailurePasses_ThenTriesAgainAndSaysSo()
    {
        int attempts = 0;

        string gave = EngineRetry.Run(Options(3), () => ++attempts < 3 ? throw Failure(true) : "done", default);

        Assert.Equal("done", gave);
        Assert.Equal(["test: deadlock; trying again in 0.2 s (1 of 3)", "test: deadlock; trying again in 0.4 s (2 of 3)"], _notes);
    }

    [Fact]
    public void Run_WhenItNeverPasses_ThenEndsWithTheFailure()
    {
        int attempts = 0;

        EngineException e = Assert.Throws<EngineException>(() => EngineRetry.Run<int>(Options(1), () => throw Count(), default));

        Assert.Equal("test: deadlock", e.Message);
        Assert.Equal(2, attempts);

        EngineException Count()
        {
            attempts++;
            return Failure(true);
        }
    }

    [Fact]
    public void Run_WhenAFailureWillNotPass_ThenEndsAtOnce()
    {
        Assert.Throws<EngineException>(() => EngineRetry.Run<int>(Options(3), () => throw Failure(false), default));
        Assert.Empty(_notes);
    }

    [Fact]
    public void Run_WhenCancelledInAPause_ThenEnds()
    {
        using var cancellation = new CancellationTokenSource();
        EngineOptions options = Options(3) with { Notify = _ => cancellation.Cancel() };

        Assert.ThrowsAny<OperationCanceledException>(() => EngineRetry.Run<int>(options, () => throw Failure(true), cancellation.Token));
    }

    private static EngineException Failure(bool isTransient) => new("test", "deadlock") { IsTransient = isTransient };

    private EngineOptions Options(int retries) => new() { Kind = EngineKind.Sqlite, Connection = "", Retries = retries, Notify = _notes.Add };
}
