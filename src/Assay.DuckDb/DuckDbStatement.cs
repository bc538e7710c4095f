using System.Globalization;
using System.Text;
using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>A prepared statement, run as often as wanted with other parameters.</summary>
public sealed class DuckDbStatement : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly string _sql;
    private nint _statement;

    internal DuckDbStatement(DuckDbConnection connection, nint statement, string sql)
    {
        _connection = connection;
        _statement = statement;
        _sql = sql;
    }

    /// <summary>Gives a parameter its value.</summary>
    /// <param name="parameter">Which one, from 1.</param>
    /// <param name="value">A text, an <see cref="int"/>, a <see cref="long"/>, a <see cref="bool"/> or null.</param>
    /// <returns>This statement.</returns>
    /// <exception cref="DuckDbException">There is no such parameter.</exception>
    /// <exception cref="ArgumentException">The value is of another kind.</exception>
    public unsafe DuckDbStatement Bind(int parameter, object? value)
    {
        ulong index = (ulong)parameter;
        int state;
        switch (value)
        {
            case null:
                state = NativeMethods.BindNull(Handle, index);
                break;
            case bool truth:
                state = NativeMethods.BindBoolean(Handle, index, truth);
                break;
            case int or long:
                state = NativeMethods.BindInt64(Handle, index, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case string text:
                byte[] bytes = Encoding.UTF8.GetBytes(text);
                fixed (byte* start = bytes)
                {
                    byte none = 0;
                    state = NativeMethods.BindVarchar(Handle, index, start is null ? &none : start, (ulong)bytes.Length);
                }

                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} cannot be a parameter.", nameof(value));
        }

        return state == 0
            ? this
            : throw new DuckDbException(
                string.Create(CultureInfo.InvariantCulture, $"There is no parameter {parameter}; the statement has {NativeMethods.ParameterCount(Handle)}."),
                _sql);
    }

    /// <summary>Runs it to its end and drops what it returns.</summary>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="DuckDbException">It failed, or a parameter has no value.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public unsafe long Execute(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenRegistration registration = _connection.InterruptOn(cancellationToken);
        int state = NativeMethods.ExecutePrepared(Handle, out NativeResult result);
        try
        {
            return state == 0
                ? (long)NativeMethods.RowsChanged(ref result)
                : throw DuckDbConnection.Failure(NativeMethods.Text(NativeMethods.ResultError(ref result)), _sql, cancellationToken);
        }
        finally
        {
            NativeMethods.DestroyResult(ref result);
        }
    }

    /// <summary>Runs it; its rows are made as they are read. End the reader before the connection is used again.</summary>
    /// <param name="cancellationToken">Interrupts it, also while it is read.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="DuckDbException">It failed, or a parameter has no value.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public unsafe DuckDbReader Query(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CancellationTokenRegistration registration = _connection.InterruptOn(cancellationToken);
        try
        {
            int state = NativeMethods.PendingStreaming(Handle, out nint pending);
            if (state != 0)
            {
                string message = NativeMethods.Text(NativeMethods.PendingError(pending));
                NativeMethods.DestroyPending(ref pending);
                throw DuckDbConnection.Failure(message, _sql, cancellationToken);
            }

            state = NativeMethods.ExecutePending(pending, out NativeResult result);
            NativeMethods.DestroyPending(ref pending);
            if (state != 0)
            {
                string message = NativeMethods.Text(NativeMethods.ResultError(ref result));
                NativeMethods.DestroyResult(ref result);
                throw DuckDbConnection.Failure(message, _sql, cancellationToken);
            }

            return new DuckDbReader(result, _sql, registration, cancellationToken);
        }
        catch
        {
            registration.Dispose();
            throw;
        }
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        if (_statement != 0)
        {
            NativeMethods.DestroyPrepare(ref _statement);
            _statement = 0;
        }
    }

    private nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_statement == 0, this);
            return _statement;
        }
    }
}
