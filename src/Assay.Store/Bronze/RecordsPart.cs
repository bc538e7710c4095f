namespace Assay.Store;

/// <summary>The records of a fixed range of rows, until all of them are there. Workers fill in their own rows, side by side.</summary>
internal sealed class RecordsPart
{
    private readonly List<byte[]> _chunks = [];

    public RecordsPart(int fields, int rows)
    {
        Fields = [.. Enumerable.Range(0, fields).Select(_ => new ParquetCells { Chunks = _chunks, Places = new long[rows], Lengths = new int[rows] })];
        Numbers = new ParquetCells { Numbers = new long[rows] };
        Offsets = new ParquetCells { Numbers = new long[rows] };
        RecordLengths = new ParquetCells { Numbers = new long[rows] };
    }

    /// <summary>By field, the texts.</summary>
    public ParquetCells[] Fields { get; }

    /// <summary>The records' numbers.</summary>
    public ParquetCells Numbers { get; }

    /// <summary>Where the records begin.</summary>
    public ParquetCells Offsets { get; }

    /// <summary>The records' bytes.</summary>
    public ParquetCells RecordLengths { get; }

    /// <summary>How many rows are there. Whoever changes it holds the writer's lock.</summary>
    public int Rows { get; set; }

    /// <summary>What the texts lie in.</summary>
    public IReadOnlyList<byte[]> Chunks => _chunks;

    /// <summary>Adds room for texts.</summary>
    /// <returns>The number that the texts' places tell it by.</returns>
    public int Add(byte[] chunk)
    {
        lock (_chunks)
        {
            _chunks.Add(chunk);
            return _chunks.Count - 1;
        }
    }

    /// <summary>Forgets the rows; the room stays.</summary>
    public void Clear()
    {
        _chunks.Clear();
        Rows = 0;
    }
}
