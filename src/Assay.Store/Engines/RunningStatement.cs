using System.Globalization;

namespace Assay.Store;

/// <summary>A statement that runs: it ends when its caller cancels, or when it has taken too long.</summary>
internal sealed class RunningStatement : IDisposable
{
    private readonly EngineOptions _options;
    private readonly string _engine;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _clock;
    private readonly CancellationTokenSource _both;

    public RunningStatement(EngineOptions options, string engine, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _options = options;
        _engine = engine;
        _caller = cancellationToken;
        _clock = new CancellationTokenSource(options.CommandTimeout, options.Time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _clock.Token);
    }

    /// <summary>Ends the statement.</summary>
    public CancellationToken Token => _both.Token;

    /// <summary>The exception for a statement that ended since it had to, or null when it failed by itself.</summary>
    /// <param name="cause">What the driver said.</param>
    public Exception? Ended(Exception cause)
    {
        if (_caller.IsCancellationRequested)
        {
            return new OperationCanceledException(cause.Message, cause, _caller);
        }

        return !_clock.IsCancellationRequested ? null : new EngineException(_engine, string.Create(
            CultureInfo.InvariantCulture, $"a statement took longer than {_options.CommandTimeout.TotalSeconds:0} seconds and was ended; allow it more, or load less at once"), cause);
    }

    public void Dispose()
    {
        _both.Dispose();
        _clock.Dispose();
    }
}
