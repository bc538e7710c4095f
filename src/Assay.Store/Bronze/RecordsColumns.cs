using System.Globalization;
using System.Text;
using Assay.Data;

namespace Assay.Store;

/// <summary>The columns of a file's records as Parquet: its fields as they were, then where they come from.</summary>
internal sealed class RecordsColumns
{
    private static readonly string[] Own = ["_source_file", "_row", "_offset", "_length", "_ingested_at", "_batch"];
    private readonly string[] _fields;

    public RecordsColumns(IReadOnlyList<string> fields)
    {
        // DuckDB does not tell `Id` from `id`.
        var taken = new HashSet<string>(Own, StringComparer.OrdinalIgnoreCase);
        _fields = new string[fields.Count];
        for (int i = 0; i < _fields.Length; i++)
        {
            _fields[i] = fields[i];
            for (int more = 2; !taken.Add(_fields[i]); more++)
            {
                _fields[i] = string.Create(CultureInfo.InvariantCulture, $"{fields[i]}_{more}");
            }
        }
    }

    /// <summary>The columns of the fields, in the fields' order.</summary>
    public IReadOnlyList<string> Names => _fields;

    /// <summary>How many columns there are after those of the fields.</summary>
    public static int OwnCount => Own.Length;

    /// <summary>How many fields a record has.</summary>
    public int Fields => _fields.Length;

    /// <summary>The columns of a file. Records are looked for by their number, so that fields need no bounds.</summary>
    public IReadOnlyList<ParquetColumn> ToParquet() =>
    [
        .. _fields.Select(field => new ParquetColumn(field, ColumnType.String) { HasBounds = false }),
        new(Own[0], ColumnType.String),
        new(Own[1], ColumnType.Integer),
        new(Own[2], ColumnType.Integer),
        new(Own[3], ColumnType.Integer) { IsShort = true },
        new(Own[4], ColumnType.Timestamp),
        new(Own[5], ColumnType.Integer),
    ];

    /// <summary>The cells that are the same in all rows of a load, in their columns' order: the file's name, when it was taken, and its batch.</summary>
    public static (ParquetCells SourceFile, ParquetCells Taken, ParquetCells Batch) Same(string sourceFile, BronzeBatch batch, int rows)
    {
        byte[] name = Encoding.UTF8.GetBytes(sourceFile);
        long[] moment = new long[rows];
        long[] number = new long[rows];
        int[] lengths = new int[rows];
        Array.Fill(moment, (batch.At.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        Array.Fill(number, batch.Batch);
        Array.Fill(lengths, name.Length);
        return (
            new ParquetCells { Chunks = [name], Places = new long[rows], Lengths = lengths },
            new ParquetCells { Numbers = moment },
            new ParquetCells { Numbers = number });
    }
}
