using Assay.Data;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>One worker's share of a scan. Not safe for several threads.</summary>
public sealed class SilverCursor : IDisposable
{
    private readonly SilverScan _scan;
    private readonly DuckDbConnection _connection;
    private readonly Func<string?> _nextQuery;
    private readonly CancellationToken _cancellationToken;
    private DuckDbReader? _reader;

    internal SilverCursor(SilverScan scan, DuckDbConnection connection, Schema schema, TextPool texts, Func<string?> nextQuery, CancellationToken cancellationToken)
    {
        _scan = scan;
        _nextQuery = nextQuery;
        _connection = connection;
        _cancellationToken = cancellationToken;
        Schema = schema;
        Texts = texts;
    }

    /// <summary>The columns of the batches.</summary>
    public Schema Schema { get; }

    /// <summary>The pool of their texts.</summary>
    public TextPool Texts { get; }

    /// <summary>Fills a batch with the next rows.</summary>
    /// <param name="batch">A batch of <see cref="Schema"/> and <see cref="Texts"/>.</param>
    /// <returns>False when no rows are left; the batch is then empty.</returns>
    /// <exception cref="StoreException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public bool Read(RowBatch batch)
    {
        try
        {
            while (true)
            {
                if (_reader is not null && _reader.Read(batch))
                {
                    return true;
                }

                _reader?.Dispose();
                _reader = null;
                batch.Count = 0;
                if (_nextQuery() is not { } query)
                {
                    return false;
                }

                _reader = _connection.Query(query, _cancellationToken);
            }
        }
        catch (DuckDbException e)
        {
            throw _scan.Failure(e);
        }
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _reader?.Dispose();
        _connection.Dispose();
    }
}
