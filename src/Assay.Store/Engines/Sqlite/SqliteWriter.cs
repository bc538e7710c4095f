using System.Globalization;
using Assay.Data;

namespace Assay.Store;

/// <summary>Writes rows to a staging table of SQLite, several by one statement. Writers prepare their cells side by side and
/// use the one connection in turns.</summary>
internal sealed class SqliteWriter : RowWriter
{
    /// <summary>The parameters of one statement: more save little, and SQLite allows 32,766.</summary>
    private const int MostParameters = 128;

    private readonly SqliteSession _session;
    private readonly SqliteDatabase _database;
    private readonly TableStage _stage;
    private readonly CancellationToken _cancellationToken;
    private readonly SqliteColumn[] _columns;
    private readonly int _rowsAtOnce;
    private readonly List<(long First, long Last)> _written = [];
    private SqliteStatement? _many;
    private SqliteStatement? _one;
    private long _count;
    private bool _isComplete;
    private bool _isDisposed;

    public SqliteWriter(SqliteSession session, SqliteDatabase database, TableStage stage, CancellationToken cancellationToken)
    {
        _session = session;
        _database = database;
        _stage = stage;
        _cancellationToken = cancellationToken;
        _columns = [.. stage.Columns.Columns.Select(column => new SqliteColumn(column))];
        _rowsAtOnce = Math.Clamp(MostParameters / _columns.Length, 1, 32);
    }

    public override void Add(RowBatch rows)
    {
        ObjectDisposedException.ThrowIf(_isDisposed || _isComplete, this);
        _cancellationToken.ThrowIfCancellationRequested();
        if (rows.Count == 0)
        {
            return;
        }

        for (int column = 0; column < _columns.Length; column++)
        {
            _columns[column].Prepare(rows, column);
        }

        lock (_session.Gate)
        {
            _session.BeginStaging();
            _many ??= Insertion(_rowsAtOnce);
            _one ??= Insertion(1);
            int row = 0;
            for (; row + _rowsAtOnce <= rows.Count; row += _rowsAtOnce)
            {
                Insert(_many, rows, row, _rowsAtOnce);
            }

            for (; row < rows.Count; row++)
            {
                Insert(_one, rows, row, 1);
            }

            Remember(_database.LastRow, rows.Count);
        }
    }

    public override long Complete()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _cancellationToken.ThrowIfCancellationRequested();
        _isComplete = true;
        return _count;
    }

    public override void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        try
        {
            lock (_session.Gate)
            {
                _one?.Dispose();
                _many?.Dispose();
                if (!_isComplete)
                {
                    Remove();
                }
            }
        }
        finally
        {
            _stage.WriterEnded();
        }
    }

    private void Insert(SqliteStatement statement, RowBatch rows, int first, int count)
    {
        int parameter = 1;
        for (int row = first; row < first + count; row++)
        {
            foreach (SqliteColumn column in _columns)
            {
                column.Bind(statement, parameter++, row);
            }
        }

        statement.Step();
        statement.Reset();
    }

    /// <summary>Rows of one call have numbers without a gap, as nobody else writes meanwhile.</summary>
    private void Remember(long last, int count)
    {
        _count += count;
        if (_written.Count > 0 && _written[^1].Last == last - count)
        {
            _written[^1] = (_written[^1].First, last);
        }
        else
        {
            _written.Add((last - count + 1, last));
        }
    }

    private void Remove()
    {
        foreach ((long first, long last) in _written)
        {
            _database.Execute(string.Create(
                CultureInfo.InvariantCulture, $"DELETE FROM {_session.Dialect.Quote(_stage.Name)} WHERE rowid BETWEEN {first} AND {last}"));
        }
    }

    private SqliteStatement Insertion(int rows)
    {
        string row = $"({string.Join(',', Enumerable.Repeat('?', _columns.Length))})";
        return new SqliteStatement(
            _database, $"INSERT INTO {_session.Dialect.Quote(_stage.Name)} VALUES {string.Join(',', Enumerable.Repeat(row, rows))}");
    }
}
