using System.Globalization;
using Assay.DuckDb;

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

    /// <summary>The statement that makes a part's table.</summary>
    public string Create(string table) =>
        $"CREATE TABLE {DuckDbSql.Identifier(table)} ({string.Concat(_fields.Select(field => $"{DuckDbSql.Identifier(field)} VARCHAR, "))}_row BIGINT, _offset BIGINT, _length INTEGER)";

    /// <summary>The statement that writes a part's table to a file, in the order of the rows. Higher levels of
    /// compression cost more time than they save room.</summary>
    public string Copy(string table, string path, string sourceFile, BronzeBatch batch)
    {
        string moment = batch.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        string fields = string.Concat(_fields.Select(field => DuckDbSql.Identifier(field) + ", "));
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            COPY (
                SELECT {fields}{DuckDbSql.Literal(sourceFile)} AS _source_file, _row, _offset, _length,
                    TIMESTAMP '{moment}' AS _ingested_at, CAST({batch.Batch} AS BIGINT) AS _batch
                FROM {DuckDbSql.Identifier(table)} ORDER BY _row
            ) TO {DuckDbSql.Literal(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880)
            """);
    }
}
