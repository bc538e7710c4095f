using Assay.DuckDb;

namespace Assay.Read;

/// <summary>
/// The serial step: takes the rows of one file after the other as DuckDB decodes them. Not safe for several threads;
/// <see cref="ParquetSource"/> lets one in at a time.
/// </summary>
internal sealed class ParquetReader(DuckDbConnection connection, IReadOnlyList<ParquetFile> files, string source) : IDisposable
{
    private readonly DuckDbConnection _connection = connection;
    private readonly IReadOnlyList<ParquetFile> _files = files;
    private readonly string _source = source;
    private DuckDbReader? _reader;
    private int _file = -1;
    private int _next;
    private long _row;
    private long _sequence;
    private long _bytesBefore;
    private long _bytesRead;

    /// <summary>About how many bytes of the files are behind, by their rows. Readable from any thread.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    /// <summary>Reads the next block.</summary>
    /// <param name="block">Filled with it.</param>
    /// <param name="cancellation">Looked at before DuckDB is asked for more.</param>
    /// <returns>False when there are no more.</returns>
    /// <exception cref="ReadException">The file is damaged.</exception>
    public bool Read(ParquetBlock block, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        while (_reader is null || (_next == _reader.Count && !Advance()))
        {
            if (_file + 1 == _files.Count)
            {
                return false;
            }

            OpenNext();
        }

        ParquetFile file = _files[_file];
        block.Take(_reader, file, _next);
        block.FirstRow = _row + 1;
        block.File = _file;
        block.Sequence = _sequence++;
        _next += block.Rows;
        _row += block.Rows;
        Volatile.Write(ref _bytesRead, _bytesBefore + (long)(file.Length * (double)_row / Math.Max(file.Rows, _row)));
        return true;
    }

    /// <summary>Starts again at the first file.</summary>
    public void Rewind()
    {
        EndFile();
        _file = -1;
        _sequence = 0;
        _bytesBefore = 0;
        Volatile.Write(ref _bytesRead, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => EndFile();

    private void OpenNext()
    {
        EndFile();
        ParquetFile file = _files[++_file];
        _row = 0;
        _next = 0;
        _reader = Failing(file, () => _connection.Query(file.Query));
    }

    private bool Advance()
    {
        ParquetFile file = _files[_file];
        _next = 0;
        if (Failing(file, _reader!.Read))
        {
            return true;
        }

        EndFile();
        _bytesBefore += file.Length;
        Volatile.Write(ref _bytesRead, _bytesBefore);
        return false;
    }

    private void EndFile()
    {
        _reader?.Dispose();
        _reader = null;
    }

    private T Failing<T>(ParquetFile file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DuckDbException error)
        {
            throw ParquetFile.Corrupt(_source, file.Name, error);
        }
    }
}
