using MySql.Data.MySqlClient;

namespace Assay.Store;

/// <summary>
/// Ends a connection on which a caller waits though the server is idle there: what the server answered was lost on its way,
/// and will not come any more. The caller then gets the failure of a lost connection, after which a step can be done again.
/// The driver itself would wait for ever.
/// </summary>
internal sealed class MySqlWatch : IDisposable
{
    /// <summary>Longer than an answer is on its way, short enough that a person still waits.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly string _connection;
    private readonly Action<string> _notify;
    private readonly ITimer _timer;
    private long _calls;
    private long _seen;
    private bool _wasIdle;
    private int _serverThread;

    /// <summary>Begins to watch.</summary>
    /// <param name="options">How the database is used.</param>
    /// <param name="connection">How it is reached, to ask it what the watched connection does.</param>
    public MySqlWatch(EngineOptions options, string connection)
    {
        _connection = new MySqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString;
        _notify = options.Notify;
        _timer = options.Time.CreateTimer(static watch => ((MySqlWatch)watch!).Look(), this, Interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Watches a connection; it was just opened.</summary>
    public void Watch(MySqlConnection connection) => Volatile.Write(ref _serverThread, connection.ServerThread);

    /// <summary>Does something of the driver that waits for the server; within it nothing else is waited for.</summary>
    public T Wait<T>(Func<T> work)
    {
        Interlocked.Increment(ref _calls);
        try
        {
            return work();
        }
        finally
        {
            Interlocked.Increment(ref _calls);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        // Odd while a call is under way, and never the same for two of them.
        long call = Interlocked.Read(ref _calls);
        bool isWaiting = call % 2 == 1 && call == _seen;
        bool isIdle = isWaiting && IsServerIdle();
        if (isIdle && _wasIdle && Interlocked.Read(ref _calls) == call)
        {
            _notify("mysql: the server is idle, but its answer has not arrived; ending the connection");
            Ask($"KILL CONNECTION {_serverThread}");
        }

        _seen = call;
        _wasIdle = isIdle;
        _timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }

    private bool IsServerIdle() =>
        Ask($"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = {_serverThread} AND COMMAND = 'Sleep'") is long and > 0;

    private object? Ask(FormattableString question)
    {
        try
        {
            using var connection = new MySqlConnection(_connection);
            connection.Open();
            using MySqlCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Its only value is the number of a connection.
            command.CommandText = FormattableString.Invariant(question);
#pragma warning restore CA2100
            return command.ExecuteScalar();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever it is, and the driver throws more than its own exceptions: on a timer's thread it would end the program.
            // A server that does not answer here is not idle, and the caller's own wait will show what becomes of it.
            return null;
        }
    }
}
