using Assay.Data;

namespace Assay.Store;

/// <summary>The rows of a query of SQLite.</summary>
internal sealed class SqliteReader : EngineReader
{
    private readonly SqliteStatement _statement;
    private readonly RunningStatement _running;
    private readonly CancellationTokenRegistration _registration;
    private bool _isDone;

    public SqliteReader(SqliteStatement statement, RunningStatement running, CancellationTokenRegistration registration)
    {
        _statement = statement;
        _running = running;
        _registration = registration;
    }

    public override bool Read(RowBatch into)
    {
        into.Count = 0;
        foreach (Vector vector in into.Columns)
        {
            vector.Clear();
        }

        try
        {
            _running.Token.ThrowIfCancellationRequested();
            int capacity = into.Columns.Length == 0 ? RowBatch.DefaultCapacity : into.Columns[0].Capacity;
            while (!_isDone && into.Count < capacity)
            {
                if (!_statement.Step())
                {
                    _isDone = true;
                    break;
                }

                ReadRow(into);
                into.Count++;
            }
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException && _running.Ended(e) is { } ended)
        {
            throw ended;
        }

        return into.Count > 0;
    }

    public override void Dispose()
    {
        _statement.Dispose();
        _registration.Dispose();
        _running.Dispose();
    }

    private void ReadRow(RowBatch into)
    {
        for (int column = 0; column < into.Columns.Length; column++)
        {
            Vector vector = into.Columns[column];
            int type = _statement.CellType(column);
            bool isNull = type == SqliteNative.Null;
            vector.SetNull(into.Count, isNull);
            try
            {
                vector.Set(into.Count, isNull ? 0 : Cell(column, type, vector.Type, into.Texts));
            }
            catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException)
            {
                throw new EngineException("sqlite", $"column '{into.Schema.Columns[column].Name}' should be {vector.Type}: {e.Message}", e);
            }
        }
    }

    private Int128 Cell(int column, int stored, ColumnType type, TextPool texts) => (type.Kind, stored) switch
    {
        (ColumnKind.String, _) => texts.Intern(_statement.Text(column)),
        (ColumnKind.Date or ColumnKind.Timestamp, SqliteNative.Text) => SqliteCells.Read(_statement.Text(column), type.Kind),
        (ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Boolean, SqliteNative.Integer) => _statement.Number(column),
        (ColumnKind.Integer or ColumnKind.Decimal, SqliteNative.Text) => SqliteCells.Number(_statement.Text(column)),
        // SQLite goes on in floating point where whole numbers outgrow 64 bits.
        (ColumnKind.Integer or ColumnKind.Decimal, SqliteNative.Real) => throw new FormatException("a number on the way to it outgrew SQLite's 64 bits; use another engine for it"),
        _ => throw new FormatException($"'{System.Text.Encoding.UTF8.GetString(_statement.Text(column))}' is none"),
    };
}
