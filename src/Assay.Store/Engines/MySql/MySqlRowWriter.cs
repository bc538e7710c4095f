using System.Data;
using System.Data.Common;
using MySql.Data.MySqlClient;

namespace Assay.Store;

/// <summary>Writes rows by LOAD DATA LOCAL, a statement a buffer: the driver sends what lies in memory as fast as a file,
/// so there is no file that could be left behind or read by others.</summary>
internal sealed class MySqlRowWriter : ServerRowWriter
{
    /// <summary>Large enough that a statement's own cost does not count.</summary>
    private const int BufferBytes = 4 * 1024 * 1024;

    private readonly MySqlSession _session;
    private readonly MySqlConnection _connection;
    private readonly MySqlBulkLoader _loader;
    private readonly List<string> _warnings = [];
    private MySqlTransaction? _transaction;

    public MySqlRowWriter(MySqlStage stage, MySqlSession session, CancellationToken cancellationToken)
        : base(stage, new LoadBuffer(stage.Columns, stage.Limits, BufferBytes), cancellationToken)
    {
        _session = session;
        _connection = session.WriterConnection();
        _connection.InfoMessage += (_, message) => _warnings.AddRange(message.errors.Select(error => error.Message));
        _loader = new MySqlBulkLoader(_connection)
        {
            Local = true,
            TableName = session.Dialect.Quote(stage.Name),
            CharacterSet = "utf8mb4",
            FieldTerminator = "\\t",
            LineTerminator = "\\n",
            Timeout = (int)Math.Min(session.Options.CommandTimeout.TotalSeconds, int.MaxValue / 1000),
        };
        _loader.Columns.AddRange(stage.Columns.Columns.Select(column => session.Dialect.Quote(column.Name)));
    }

    /// <summary>Connects.</summary>
    /// <exception cref="EngineException">The database refuses.</exception>
    public void Start()
    {
        try
        {
            _connection.Open();
            _session.Pin(_connection);
            _transaction = _connection.BeginTransaction();
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw Explain(e);
        }
    }

    protected override void Send(RowBuffer buffer)
    {
        _warnings.Clear();
        using var bytes = new MemoryStream(buffer.Bytes, 0, buffer.Length, writable: false);
        int loaded = _loader.Load(bytes);

        // LOCAL makes warnings of errors: a value that is cut or bent to fit, a row that is left out.
        if (_warnings.Count > 0)
        {
            throw new EngineException(_session.Dialect.Name, $"the database does not hold a value as it is: {_warnings[0]}");
        }

        if (loaded != buffer.Rows)
        {
            throw new EngineException(_session.Dialect.Name, $"{buffer.Rows} rows were sent, but {loaded} loaded; do triggers or rules of the database interfere?");
        }
    }

    protected override void Commit() => _transaction!.Commit();

    protected override void Abandon() => _transaction?.Rollback();

    protected override void Close() => _connection.Dispose();

    protected override bool IsFailure(Exception exception) =>
        exception is DbException or IOException or TimeoutException
        || (exception is InvalidOperationException && _connection.State != ConnectionState.Open);

    protected override EngineException Explain(Exception cause) => _session.Explain(cause);
}
