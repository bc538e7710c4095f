using System.Runtime.CompilerServices;
using Assay.Data;

namespace Assay.Store;

/// <summary>A column of a batch on its way into SQLite.</summary>
internal sealed class SqliteColumn
{
    private readonly Column _column;
    private readonly bool _isMoment;
    private byte[] _moments = [];
    private byte[] _lengths = [];
    private RowBatch? _batch;
    private Vector? _vector;

    public SqliteColumn(Column column)
    {
        _column = column;
        _isMoment = column.Type.Kind is ColumnKind.Date or ColumnKind.Timestamp;
    }

    /// <summary>Does what can be done without the connection.</summary>
    /// <exception cref="EngineException">A number does not fit.</exception>
    public void Prepare(RowBatch batch, int ordinal)
    {
        _batch = batch;
        _vector = batch.Columns[ordinal];
        if (_vector.IsWide)
        {
            RequireNarrow(_vector, batch.Count);
        }

        if (_isMoment)
        {
            WriteMoments(_vector, batch.Count);
        }
    }

    /// <summary>Binds the cell of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Bind(SqliteStatement statement, int parameter, int row)
    {
        Vector vector = _vector!;
        if (vector.IsNull(row))
        {
            statement.BindNull(parameter);
        }
        else if (_isMoment)
        {
            statement.Bind(parameter, _moments.AsSpan(row * SqliteCells.MomentBytes, _lengths[row]));
        }
        else if (_column.Type.Kind == ColumnKind.String)
        {
            statement.Bind(parameter, vector.IsRaw ? vector.Raw(_batch!.RawBytes, row) : _batch!.Texts[(int)vector.Values[row]]);
        }
        else
        {
            statement.Bind(parameter, vector.IsWide ? (long)vector.Wide[row] : vector.Values[row]);
        }
    }

    private void RequireNarrow(Vector vector, int count)
    {
        for (int row = 0; row < count; row++)
        {
            if (!vector.IsNull(row) && vector.Wide[row] != (long)vector.Wide[row])
            {
                throw new EngineException("sqlite", SqliteCells.TooLarge(
                    $"{Decimals.Format(vector.Wide[row], _column.Type.Scale)} of column '{_column.Name}'", _column.Type));
            }
        }
    }

    private void WriteMoments(Vector vector, int count)
    {
        if (_lengths.Length < count)
        {
            _lengths = new byte[count];
            _moments = new byte[count * SqliteCells.MomentBytes];
        }

        for (int row = 0; row < count; row++)
        {
            if (!vector.IsNull(row))
            {
                _lengths[row] = (byte)SqliteCells.Write(
                    vector.Values[row], _column.Type.Kind, _moments.AsSpan(row * SqliteCells.MomentBytes, SqliteCells.MomentBytes));
            }
        }
    }
}
