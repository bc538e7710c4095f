using Assay.Data;
using Assay.DuckDb;
using Assay.Sql;

namespace Assay.Store;

/// <summary>Appends rows to a staging table of DuckDB, in a transaction of its own: they are there when all are.</summary>
internal sealed class DuckDbWriter : RowWriter
{
    private readonly TableStage _stage;
    private readonly CancellationToken _cancellationToken;
    private readonly DuckDbConnection _connection;
    private readonly DuckDbAppender _appender;
    private long _count;
    private bool _isComplete;
    private bool _isDisposed;

    public DuckDbWriter(DuckDbDatabase database, TableStage stage, CancellationToken cancellationToken)
    {
        _stage = stage;
        _cancellationToken = cancellationToken;
        _connection = database.Connect();
        try
        {
            _connection.Execute("BEGIN TRANSACTION", cancellationToken);
            _appender = _connection.OpenAppender(stage.Name);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public override void Add(RowBatch rows)
    {
        ObjectDisposedException.ThrowIf(_isDisposed || _isComplete, this);
        _cancellationToken.ThrowIfCancellationRequested();
        Guard(() => _appender.Append(rows));
        _count += rows.Count;
    }

    public override long Complete()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _cancellationToken.ThrowIfCancellationRequested();
        if (!_isComplete)
        {
            Guard(_appender.Flush);
            Guard(() => _connection.Execute("COMMIT", _cancellationToken));
            _isComplete = true;
        }

        return _count;
    }

    public override void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _appender.Dispose();
            // A transaction that is open is undone.
            _connection.Dispose();
            _stage.WriterEnded();
        }
    }

    private static void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (DuckDbException e)
        {
            throw new EngineException(DuckDbDialect.Instance.Name, e.Message, e);
        }
    }
}
