using System.Globalization;
using Assay.Data;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>Reads some columns of a table's snapshot as batches, by as many workers as there are cursors.</summary>
public sealed class SilverScan : IDisposable
{
    /// <summary>The rows of a piece: a few of DuckDB's row groups, which are 122,880 rows, so that the workers end
    /// at about the same time and a piece costs much more than the query that opens it.</summary>
    private const long PieceRows = 4 * 122_880;

    private readonly DuckDbDatabase _database;
    private readonly StoredFiles _stored;
    private readonly Schema _schema;
    private readonly string _table;
    private readonly string _folder;
    private readonly ScanPiece[] _pieces;
    private int _taken = -1;

    private SilverScan(DuckDbDatabase database, StoredFiles stored, Schema schema, string table, string folder)
    {
        _database = database;
        _stored = stored;
        _schema = schema;
        _table = table;
        _folder = folder;
        _pieces = [.. Cut(stored)];
        Count = stored.Files.Sum(f => f.Rows);
    }

    /// <summary>The rows of the snapshot.</summary>
    public long Count { get; }

    /// <summary>Opens a snapshot.</summary>
    /// <param name="home">Where the data lies.</param>
    /// <param name="snapshot">The files.</param>
    /// <param name="columns">The columns that are needed, in the order that batches have them. One that a file lacks
    /// is null in its rows.</param>
    /// <param name="cancellationToken">Stops the reading of the files' footers.</param>
    /// <returns>The scan.</returns>
    /// <exception cref="StoreException">A file cannot be read, a column's type has changed since it was written, or
    /// DuckDB's library is missing.</exception>
    public static SilverScan Open(AssayHome home, SilverSnapshot snapshot, Schema columns, CancellationToken cancellationToken)
    {
        DuckDbDatabase database;
        try
        {
            // The workers do the work: each runs its own queries, which start no threads beside it.
            database = DuckDbDatabase.Open(path: null, new DuckDbOptions { Threads = 1 });
        }
        catch (DuckDbException e)
        {
            throw new StoreException(home.Silver(snapshot.Table), e.Message, e);
        }

        try
        {
            using DuckDbConnection connection = database.Connect();
            var stored = StoredFiles.Open(connection, home, snapshot, columns, cancellationToken);
            return new SilverScan(database, stored, columns, snapshot.Table, home.Silver(snapshot.Table));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens a cursor; each worker has its own. Together they read every row once. May be called from
    /// several threads.</summary>
    /// <param name="texts">The pool that the batches' texts go to.</param>
    /// <param name="cancellationToken">Stops the cursor.</param>
    /// <returns>The cursor.</returns>
    public SilverCursor OpenCursor(TextPool texts, CancellationToken cancellationToken) =>
        new(this, _database.Connect(), _schema, texts, NextQuery, cancellationToken);

    /// <summary>Opens a cursor that reads every row, in an order. Rows that are alike in it come as they are stored.</summary>
    /// <param name="texts">The pool that the batches' texts go to.</param>
    /// <param name="order">Places of the scan's columns, and whether their greatest value comes first. Texts are in the order of
    /// their code points, nulls last.</param>
    /// <param name="isStored">Whether each file holds its rows in that order already: a single file is then read as it is, and
    /// needs no memory for sorting.</param>
    /// <param name="cancellationToken">Stops the cursor.</param>
    /// <returns>The cursor.</returns>
    public SilverCursor OpenCursor(TextPool texts, IReadOnlyList<(int Column, bool Descending)> order, bool isStored, CancellationToken cancellationToken)
    {
        string? query = _stored.Files.Count == 0 ? null : Ordered(order, isStored && _stored.Files.Count == 1);
        return new SilverCursor(this, _database.Connect(), _schema, texts, () => Interlocked.Exchange(ref query, null), cancellationToken);
    }

    /// <summary>The largest value of a column.</summary>
    /// <param name="column">One of the scan's columns, of whole numbers, decimals, dates or timestamps.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The value as a batch holds it, or null when there is none.</returns>
    /// <exception cref="StoreException">A file cannot be read.</exception>
    /// <exception cref="ArgumentException">There is no such column, or it is of another kind.</exception>
    public Int128? Max(string column, CancellationToken cancellationToken) => Extreme("max", column, cancellationToken);

    /// <summary>The smallest value of a column.</summary>
    /// <param name="column">One of the scan's columns, of whole numbers, decimals, dates or timestamps.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The value as a batch holds it, or null when there is none.</returns>
    /// <exception cref="StoreException">A file cannot be read.</exception>
    /// <exception cref="ArgumentException">There is no such column, or it is of another kind.</exception>
    public Int128? Min(string column, CancellationToken cancellationToken) => Extreme("min", column, cancellationToken);

    /// <summary>Ends it; cursors that are open end first.</summary>
    public void Dispose() => _database.Dispose();

    /// <summary>The query of the next piece that nobody took, or null.</summary>
    private string? NextQuery()
    {
        int taken = Interlocked.Increment(ref _taken);
        return taken < _pieces.Length ? QueryOf(_pieces[taken]) : null;
    }

    internal StoreException Failure(DuckDbException e) =>
        new(_folder, $"the silver files of {_table} cannot be read: {e.Message}", e);

    private string Ordered(IReadOnlyList<(int Column, bool Descending)> order, bool isStored)
    {
        int[] all = [.. Enumerable.Range(0, _schema.Columns.Count)];
        string rows = $"SELECT {string.Join(", ", all.Select(StoredFiles.Name))} FROM ({_stored.Select(Enumerable.Range(0, _stored.Files.Count), all)})";
        IEnumerable<string> terms = order.Select(term => $"{StoredFiles.Name(term.Column)} {(term.Descending ? "DESC" : "ASC")} NULLS LAST");
        return isStored ? rows : $"{rows} ORDER BY {string.Join(", ", terms.Append("f").Append("r"))}";
    }

    private string QueryOf(ScanPiece piece)
    {
        StoredFile first = _stored.Files[piece.Files[0]];
        IEnumerable<string> cells = _schema.Columns.Count == 0
            ? ["true"]
            : _schema.Columns.Select((_, i) => _stored.Cell(first, i));
        string query = $"SELECT {string.Join(", ", cells)} FROM {StoredFiles.ReadParquet(piece.Files.Select(f => _stored.Files[f].Full))}";
        return piece.Count == 0 ? query : string.Create(
            CultureInfo.InvariantCulture,
            $"{query} WHERE file_row_number BETWEEN {piece.First} AND {piece.First + piece.Count - 1}");
    }

    private Int128? Extreme(string function, string column, CancellationToken cancellationToken)
    {
        int ordinal = _schema.IndexOf(column);
        if (ordinal < 0 || _schema.Columns[ordinal].Type.Kind is ColumnKind.String or ColumnKind.Boolean)
        {
            throw new ArgumentException($"'{column}' is no column of numbers or times of this scan.", nameof(column));
        }

        if (_stored.Files.Count == 0)
        {
            return null;
        }

        try
        {
            using DuckDbConnection connection = _database.Connect();
            string rows = _stored.Select(Enumerable.Range(0, _stored.Files.Count), [ordinal]);
            using DuckDbReader reader = connection.Query($"SELECT {function}({StoredFiles.Name(ordinal)}) FROM ({rows})", cancellationToken);
            reader.Read();
            return reader[0].IsNull(0) ? null : reader[0].Number(0);
        }
        catch (DuckDbException e)
        {
            throw Failure(e);
        }
    }

    /// <summary>Large files are cut, small ones of equal columns are read together.</summary>
    private static IEnumerable<ScanPiece> Cut(StoredFiles stored)
    {
        var small = new List<int>();
        long rows = 0;
        for (int i = 0; i < stored.Files.Count; i++)
        {
            StoredFile file = stored.Files[i];
            if (small.Count > 0 && (rows + file.Rows > PieceRows || file.Signature != stored.Files[small[0]].Signature))
            {
                yield return new ScanPiece([.. small], 0, 0);
                small.Clear();
                rows = 0;
            }

            if (file.Rows <= PieceRows)
            {
                small.Add(i);
                rows += file.Rows;
                continue;
            }

            for (long first = 0; first < file.Rows; first += PieceRows)
            {
                yield return new ScanPiece([i], first, Math.Min(PieceRows, file.Rows - first));
            }
        }

        if (small.Count > 0)
        {
            yield return new ScanPiece([.. small], 0, 0);
        }
    }
}
