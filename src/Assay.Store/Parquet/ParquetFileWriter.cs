using Assay.Data;

namespace Assay.Store;

/// <summary>Writes one Parquet file, row group by row group. The bytes depend on the cells alone.</summary>
internal sealed class ParquetFileWriter : IDisposable
{
    /// <summary>The rows of a row group: as many as DuckDB's have.</summary>
    public const int GroupRows = 122_880;

    private readonly FileStream _file;
    private readonly IReadOnlyList<ParquetColumn> _columns;
    private readonly ParquetEncoder _encoder;
    private readonly ByteBuffer _output = new();
    private readonly List<(int Rows, ParquetChunk[] Chunks)> _groups = [];
    private long _offset;

    /// <param name="path">The file, which is made or written anew.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="encoder">Encodes them; others may use it before and after.</param>
    public ParquetFileWriter(string path, IReadOnlyList<ParquetColumn> columns, ParquetEncoder encoder)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _columns = columns;
        _encoder = encoder;
        _output.Add("PAR1"u8);
    }

    /// <summary>Writes a row group.</summary>
    /// <param name="cells">The columns' cells.</param>
    /// <param name="rows">Which of the rows.</param>
    public void Write(IReadOnlyList<ParquetCells> cells, Range rows)
    {
        var chunks = new ParquetChunk[_columns.Count];
        for (int i = 0; i < chunks.Length; i++)
        {
            chunks[i] = _encoder.Encode(_columns[i], cells[i], rows, _offset + _output.Count, _output);
        }

        _groups.Add((rows.End.Value - rows.Start.Value, chunks));
        Flush();
    }

    /// <summary>Writes the footer and closes the file.</summary>
    public void Complete()
    {
        int before = _output.Count;
        AddFooter();
        _output.AddInt32(_output.Count - before);
        _output.Add("PAR1"u8);
        Flush();
        _file.Dispose();
    }

    public void Dispose() => _file.Dispose();

    private void Flush()
    {
        _file.Write(_output.Written);
        _offset += _output.Count;
        _output.Clear();
    }

    private void AddFooter()
    {
        var footer = new ThriftWriter(_output);
        footer.Begin();
        footer.Write(1, 2);
        footer.BeginList(2, _columns.Count + 1);
        footer.Begin();
        footer.Write(4, "rows");
        footer.Write(5, _columns.Count);
        footer.End();
        foreach (ParquetColumn column in _columns)
        {
            Add(footer, column);
        }

        footer.Write(3, _groups.Sum(group => (long)group.Rows));
        footer.BeginList(4, _groups.Count);
        foreach ((int rows, ParquetChunk[] chunks) in _groups)
        {
            footer.Begin();
            footer.BeginList(1, chunks.Length);
            for (int i = 0; i < chunks.Length; i++)
            {
                Add(footer, _columns[i], chunks[i], rows);
            }

            footer.Write(2, chunks.Sum(chunk => chunk.PlainBytes));
            footer.Write(3, (long)rows);
            footer.End();
        }

        footer.Write(6, "assay");

        // Bounds are of each type's own order: texts by their bytes.
        footer.BeginList(7, _columns.Count);
        foreach (ParquetColumn _ in _columns)
        {
            footer.Begin();
            footer.Empty(1);
            footer.End();
        }

        footer.End();
    }

    private static void Add(ThriftWriter footer, ParquetColumn column)
    {
        footer.Begin();
        footer.Write(1, (int)column.Physical);
        if (column.Physical == ParquetType.FixedBytes)
        {
            footer.Write(2, ParquetColumn.WideBytes);
        }

        footer.Write(3, 1);
        footer.Write(4, column.Name);
        int? converted = column.Type.Kind switch
        {
            ColumnKind.String => 0,
            ColumnKind.Decimal => 5,
            ColumnKind.Date => 6,
            ColumnKind.Timestamp => 10,
            ColumnKind.Integer => column.IsShort ? 17 : 18,
            _ => null,
        };
        if (converted is { } older)
        {
            footer.Write(6, older);
        }

        if (column.Type.Kind == ColumnKind.Decimal)
        {
            footer.Write(7, column.Type.Scale);
            footer.Write(8, column.Type.Precision);
        }

        AddLogicalType(footer, column);
        footer.End();
    }

    private static void AddLogicalType(ThriftWriter footer, ParquetColumn column)
    {
        if (column.Type.Kind == ColumnKind.Boolean)
        {
            return;
        }

        footer.Begin(10);
        switch (column.Type.Kind)
        {
            case ColumnKind.String:
                footer.Empty(1);
                break;
            case ColumnKind.Decimal:
                footer.Begin(5);
                footer.Write(1, column.Type.Scale);
                footer.Write(2, column.Type.Precision);
                footer.End();
                break;
            case ColumnKind.Date:
                footer.Empty(6);
                break;
            case ColumnKind.Timestamp:
                // Local to the pipeline's zone, in microseconds.
                footer.Begin(8);
                footer.Write(1, false);
                footer.Begin(2);
                footer.Empty(2);
                footer.End();
                footer.End();
                break;
            default:
                footer.Begin(10);
                footer.WriteByte(1, (byte)(column.IsShort ? 32 : 64));
                footer.Write(2, true);
                footer.End();
                break;
        }

        footer.End();
    }

    private void Add(ThriftWriter footer, ParquetColumn column, ParquetChunk chunk, int rows)
    {
        footer.Begin();
        footer.Write(2, chunk.DictionaryOffset < 0 ? chunk.DataOffset : chunk.DictionaryOffset);
        footer.Begin(3);
        footer.Write(1, (int)column.Physical);
        footer.Write(2, chunk.Encodings);
        footer.WriteOne(3, column.Name);
        footer.Write(4, _encoder.Codec);
        footer.Write(5, (long)rows);
        footer.Write(6, chunk.PlainBytes);
        footer.Write(7, chunk.Bytes);
        footer.Write(9, chunk.DataOffset);
        if (chunk.DictionaryOffset >= 0)
        {
            footer.Write(11, chunk.DictionaryOffset);
        }

        footer.Begin(12);
        footer.Write(3, chunk.Nulls);
        if (chunk.Bounds is { } bounds)
        {
            footer.Write(5, bounds.Greatest);
            footer.Write(6, bounds.Least);
        }

        footer.End();
        footer.End();
        footer.End();
    }
}
