using System.Data.Common;
using Npgsql;

namespace Assay.Store;

/// <summary>Writes rows by a binary COPY.</summary>
internal sealed class PostgresRowWriter : ServerRowWriter
{
    /// <summary>Large enough that sending costs nothing beside encoding, small enough to stay in the cache.</summary>
    private const int BufferBytes = 256 * 1024;

    private readonly NpgsqlConnection _connection;
    private readonly ServerTarget _target;
    private NpgsqlTransaction? _transaction;
    private NpgsqlRawCopyStream? _copy;

    public PostgresRowWriter(PostgresStage stage, NpgsqlConnection connection, ServerTarget target, CancellationToken cancellationToken)
        : base(stage, new CopyBuffer(stage.Columns, BufferBytes), cancellationToken)
    {
        _connection = connection;
        _target = target;
    }

    /// <summary>Connects and starts the COPY.</summary>
    /// <exception cref="EngineException">The database refuses.</exception>
    public void Start(string copy)
    {
        try
        {
            _connection.Open();
            PostgresSession.LiftLimits(_connection);
            _transaction = _connection.BeginTransaction();
            _copy = _connection.BeginRawBinaryCopy(copy);
            _copy.Write(CopyBuffer.Header);
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw Explain(e);
        }
    }

    protected override void Send(RowBuffer buffer) => _copy!.Write(buffer.Written);

    protected override void Commit()
    {
        _copy!.Write(CopyBuffer.Trailer);
        _copy.Dispose();
        _copy = null;
        _transaction!.Commit();
    }

    protected override void Abandon()
    {
        // Disposing of the stream would complete the load.
        _copy?.Cancel();
        _copy = null;
        _transaction?.Rollback();
    }

    protected override void Close() => _connection.Dispose();

    protected override bool IsFailure(Exception exception) =>
        exception is DbException or IOException or TimeoutException or ObjectDisposedException
        || (exception is InvalidOperationException && _connection.State != System.Data.ConnectionState.Open);

    protected override EngineException Explain(Exception cause) => PostgresFailures.Explain(cause, _target);
}
