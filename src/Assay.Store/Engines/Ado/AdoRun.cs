using System.Data.Common;

namespace Assay.Store;

/// <summary>A driver's command that runs, ended by cancellation or its time-out; what the driver throws is explained.</summary>
internal sealed class AdoRun : IDisposable
{
    private readonly AdoSession _session;
    private readonly RunningStatement _running;
    private readonly CancellationTokenRegistration _registration;

    public AdoRun(AdoSession session, DbCommand command, CancellationToken cancellationToken)
    {
        _session = session;
        Command = command;
        _running = new RunningStatement(session.Options, session.Dialect.Name, cancellationToken);
        _registration = _running.Token.UnsafeRegister(static run => ((AdoRun)run!).Cancel(), this);
    }

    /// <summary>The command.</summary>
    public DbCommand Command { get; }

    /// <summary>The database's name.</summary>
    public string Engine => _session.Dialect.Name;

    /// <summary>Does a part of it.</summary>
    public T Do<T>(Func<T> work)
    {
        try
        {
            _running.Token.ThrowIfCancellationRequested();
            return work();
        }
        catch (Exception e) when (_session.IsFailure(e) || e is OperationCanceledException)
        {
            throw Explain(e);
        }
    }

    /// <summary>What a driver's failure means.</summary>
    public Exception Explain(Exception cause) => _running.Ended(cause) ?? _session.Explain(cause);

    /// <summary>Whether <see cref="Explain"/> explains it.</summary>
    public bool IsFailure(Exception exception) => _session.IsFailure(exception) || exception is OperationCanceledException;

    /// <summary>Throws when it was to end.</summary>
    public void ThrowIfEnded() => _running.Token.ThrowIfCancellationRequested();

    public void Dispose()
    {
        _registration.Dispose();
        _running.Dispose();
    }

    private void Cancel()
    {
        try
        {
            _session.Cancel(Command);
        }
        catch (Exception e) when (_session.IsFailure(e) || e is ObjectDisposedException or InvalidOperationException)
        {
            // It has just ended by itself, or its connection has: either way it does not run any more.
        }
    }
}
