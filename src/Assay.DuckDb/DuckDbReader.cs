using System.Runtime.CompilerServices;
using Assay.Data;
using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>The rows of a query, column by column in chunks of up to 2,048 rows, made as they are read.</summary>
public sealed class DuckDbReader : IDisposable
{
    private readonly string _sql;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _cancellationToken;
    private NativeResult _result;
    private nint _chunk;
    private int _taken;
    private bool _disposed;

    internal DuckDbReader(NativeResult result, string sql, CancellationTokenRegistration registration, CancellationToken cancellationToken)
    {
        _result = result;
        _sql = sql;
        _registration = registration;
        _cancellationToken = cancellationToken;
        Columns = ReadColumns();
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<DuckDbColumn> Columns { get; }

    /// <summary>The rows of the current chunk.</summary>
    public int Count { get; private set; }

    /// <summary>A column of the current chunk; it is valid until the next <see cref="Read()"/>.</summary>
    /// <param name="column">The column's place, from 0.</param>
    public unsafe DuckDbVector this[int column]
    {
        get
        {
            nint vector = NativeMethods.ChunkVector(_chunk, (ulong)column);
            return new DuckDbVector(Natives[column], NativeMethods.VectorData(vector), NativeMethods.VectorValidity(vector), Count);
        }
    }

    private VectorLayout[] Natives { get; set; } = [];

    /// <summary>Goes on to the next chunk.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="DuckDbException">The query failed on the way.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public unsafe bool Read()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _cancellationToken.ThrowIfCancellationRequested();
        DropChunk();
        do
        {
            _chunk = NativeMethods.FetchChunk(_result);
            if (_chunk == 0)
            {
                string message = NativeMethods.Text(NativeMethods.ResultError(ref _result));
                return message.Length == 0 ? false : throw DuckDbConnection.Failure(message, _sql, _cancellationToken);
            }

            Count = (int)NativeMethods.ChunkSize(_chunk);
            if (Count == 0)
            {
                DropChunk();
            }
        }
        while (Count == 0);
        return true;
    }

    /// <summary>Fills a batch with the next rows: all its columns, which must be the query's in order and type.</summary>
    /// <param name="batch">The batch; as many rows as it can hold at most.</param>
    /// <param name="anyWidth">Whether numbers may have more or fewer digits than their column says, as sums do; their scale is the column's.</param>
    /// <returns>False when there are no more rows; the batch is then empty.</returns>
    /// <exception cref="DuckDbException">The columns differ, or the query failed on the way.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public bool Read(RowBatch batch, bool anyWidth = false)
    {
        batch.Count = 0;
        if (_taken == Count && !Read())
        {
            return false;
        }

        int rows = batch.Columns.Length == 0 ? Count - _taken : Math.Min(Count - _taken, batch.Columns[0].Capacity);
        for (int i = 0; i < batch.Columns.Length; i++)
        {
            Check(i, batch.Schema.Columns[i], anyWidth);
            BatchReader.Copy(this[i], _taken, rows, batch.Columns[i], batch);
        }

        _taken += rows;
        batch.Count = rows;
        return true;
    }

    /// <summary>Ends it; a query that was not read to its end stops.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            DropChunk();
            NativeMethods.DestroyResult(ref _result);
            _registration.Dispose();
        }
    }

    private void DropChunk()
    {
        Count = 0;
        _taken = 0;
        if (_chunk != 0)
        {
            NativeMethods.DestroyChunk(ref _chunk);
            _chunk = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Check(int column, Column wanted, bool anyWidth)
    {
        ColumnType? given = column < Columns.Count ? Columns[column].Type : null;
        if (given != wanted.Type
            && !(anyWidth && given is { IsNumeric: true } number && wanted.Type.IsNumeric && number.Scale == wanted.Type.Scale))
        {
            throw new DuckDbException(
                column >= Columns.Count
                    ? $"The query gives no column for '{wanted.Name}'."
                    : $"Column '{wanted.Name}' should be {wanted.Type}, but the query gives {Columns[column].TypeName}.",
                _sql);
        }
    }

    private unsafe DuckDbColumn[] ReadColumns()
    {
        var columns = new DuckDbColumn[(int)NativeMethods.ColumnCount(ref _result)];
        Natives = new VectorLayout[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            nint type = NativeMethods.ColumnLogicalType(ref _result, (ulong)i);
            Natives[i] = VectorLayout.Of(type);
            NativeMethods.DestroyLogicalType(ref type);
            columns[i] = new DuckDbColumn(
                NativeMethods.Text(NativeMethods.ColumnName(ref _result, (ulong)i)), Natives[i].Name, Natives[i].ColumnType);
        }

        return columns;
    }
}
