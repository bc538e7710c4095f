using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>A connection to a database. One thread uses it at a time; only <see cref="Interrupt"/> may come from another.</summary>
public sealed class DuckDbConnection : IDisposable
{
    private readonly Lock _gate = new();
    private nint _connection;

    internal DuckDbConnection(nint connection) => _connection = connection;

    /// <summary>Runs one or more statements to their end and drops what they return.</summary>
    /// <param name="sql">The statements.</param>
    /// <param name="cancellationToken">Interrupts them.</param>
    /// <returns>How many rows the last of them changed; 0 when it was not one that changes rows.</returns>
    /// <exception cref="DuckDbException">DuckDB refused a statement.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted; what it changed is undone.</exception>
    public unsafe long Execute(string sql, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenRegistration registration = InterruptOn(cancellationToken);
        int state = NativeMethods.Query(Handle, sql, out NativeResult result);
        try
        {
            return state == 0
                ? (long)NativeMethods.RowsChanged(ref result)
                : throw Failure(NativeMethods.Text(NativeMethods.ResultError(ref result)), sql, cancellationToken);
        }
        finally
        {
            NativeMethods.DestroyResult(ref result);
        }
    }

    /// <summary>Runs one query; its rows are made as they are read. End the reader before the connection is used again.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="cancellationToken">Interrupts it, also while it is read.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="DuckDbException">DuckDB refused the query.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public DuckDbReader Query(string sql, CancellationToken cancellationToken = default)
    {
        using DuckDbStatement statement = Prepare(sql);
        return statement.Query(cancellationToken);
    }

    /// <summary>Runs a query that gives one integer, such as a count.</summary>
    /// <param name="sql">A query of one row with one column of whole numbers.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <returns>The number, or null when it is null.</returns>
    /// <exception cref="DuckDbException">DuckDB refused the query, or it gave no such row.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public long? QueryInteger(string sql, CancellationToken cancellationToken = default)
    {
        using DuckDbReader reader = Query(sql, cancellationToken);
        if (!reader.Read() || reader.Columns.Count != 1)
        {
            throw new DuckDbException("One number was expected.", sql);
        }

        DuckDbVector cells = reader[0];
        return cells.IsNull(0) ? null : (long)cells.Number(0);
    }

    /// <summary>Prepares one statement; its parameters are <c>?</c> or <c>$1</c>, <c>$2</c> …</summary>
    /// <param name="sql">The statement.</param>
    /// <returns>The prepared statement.</returns>
    /// <exception cref="DuckDbException">DuckDB refused it.</exception>
    public unsafe DuckDbStatement Prepare(string sql)
    {
        if (NativeMethods.Prepare(Handle, sql, out nint statement) == 0)
        {
            return new DuckDbStatement(this, statement, sql);
        }

        string message = NativeMethods.Text(NativeMethods.PrepareError(statement));
        NativeMethods.DestroyPrepare(ref statement);
        throw new DuckDbException(message, sql);
    }

    /// <summary>Opens an appender, the fastest way to fill a table.</summary>
    /// <param name="table">The table's plain name.</param>
    /// <returns>The appender; rows reach the table when it is flushed.</returns>
    /// <exception cref="DuckDbException">There is no such table, or it has columns that Assay does not write.</exception>
    public DuckDbAppender OpenAppender(string table) => DuckDbAppender.Open(this, table);

    /// <summary>Ends the statement that runs, if one does; it then fails. May be called from any thread.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            if (_connection != 0)
            {
                NativeMethods.Interrupt(_connection);
            }
        }
    }

    /// <summary>Closes it; a transaction that is open is undone.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_connection != 0)
            {
                NativeMethods.Disconnect(ref _connection);
                _connection = 0;
            }
        }
    }

    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_connection == 0, this);
            return _connection;
        }
    }

    internal CancellationTokenRegistration InterruptOn(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static state => ((DuckDbConnection)state!).Interrupt(), this);

    /// <summary>What a failed statement throws: the cancellation when that is why it failed.</summary>
    internal static Exception Failure(string message, string sql, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested && message.StartsWith("INTERRUPT", StringComparison.Ordinal)
            ? new OperationCanceledException(message, cancellationToken)
            : new DuckDbException(message, sql);
}
