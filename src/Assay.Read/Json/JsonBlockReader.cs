namespace Assay.Read;

/// <summary>
/// The serial step: cuts one file after the other into blocks. Not safe for several threads; <see cref="JsonSource"/>
/// lets one in at a time.
/// </summary>
internal sealed class JsonBlockReader(IReadOnlyList<JsonFile> files, JsonOptions options, string source, JsonLedger ledger) : IDisposable
{
    private readonly IReadOnlyList<JsonFile> _files = files;
    private readonly JsonOptions _options = options;
    private readonly string _source = source;
    private readonly JsonLedger _ledger = ledger;
    private JsonCutter? _cutter;
    private int _file = -1;
    private long _sequence;
    private long _bytesBefore;
    private long _bytesRead;

    /// <summary>The bytes read so far, as they are on disk. Readable from any thread.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    /// <summary>Reads the next block. The last of each file is empty and says that the file ends.</summary>
    /// <param name="block">Filled with it.</param>
    /// <param name="cancellation">Looked at between two reads.</param>
    /// <returns>False when there are no more.</returns>
    public bool Read(JsonBlock block, CancellationToken cancellation)
    {
        if (_cutter is null && !OpenNext())
        {
            return false;
        }

        block.Clear();
        block.File = _file;
        block.Sequence = _sequence++;

        // What follows a fault does not count, so it need not be read.
        bool isMore = _ledger.Broken != _file && _cutter!.Cut(block, cancellation);
        Volatile.Write(ref _bytesRead, _bytesBefore + _cutter!.BytesRead);
        if (!isMore)
        {
            block.IsFinal = true;
            _bytesBefore = _bytesRead;
            _cutter.Dispose();
            _cutter = null;
        }

        return true;
    }

    /// <summary>Starts again at the first file.</summary>
    public void Rewind()
    {
        _cutter?.Dispose();
        _cutter = null;
        _file = -1;
        _sequence = 0;
        _bytesBefore = 0;
        Volatile.Write(ref _bytesRead, 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _cutter?.Dispose();

    private bool OpenNext()
    {
        if (_file + 1 >= _files.Count)
        {
            return false;
        }

        JsonFile file = _files[++_file];
        var input = new JsonInput(file.Start());
        _cutter = _options.Format == JsonFormat.Lines
            ? new LineCutter(input, _options)
            : new DocumentCutter(input, _options, _source, file.Name);
        return true;
    }
}
