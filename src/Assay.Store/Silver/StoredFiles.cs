using System.Globalization;
using System.Text;
using Assay.Data;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>The Parquet files of a table, with what their footers tell.</summary>
internal sealed class StoredFiles
{
    private readonly Schema _schema;

    private StoredFiles(Schema schema, IReadOnlyList<StoredFile> files)
    {
        _schema = schema;
        Files = files;
    }

    /// <summary>The files; queries tell them by their place in this list.</summary>
    public IReadOnlyList<StoredFile> Files { get; }

    /// <summary>No files.</summary>
    public static StoredFiles None(Schema schema) => new(schema, []);

    /// <summary>Reads the footers and checks that each file's columns still have the types they are to have. A column
    /// that a file lacks is null in all its rows.</summary>
    /// <exception cref="StoreException">A column's type has changed, or a file cannot be read.</exception>
    public static StoredFiles Open(
        DuckDbConnection connection, AssayHome home, SilverSnapshot snapshot, Schema schema, CancellationToken cancellationToken)
    {
        if (snapshot.Files.Count == 0)
        {
            return None(schema);
        }

        string list = PathList(snapshot.Files.Select(home.Full));
        try
        {
            Dictionary<string, List<(string Name, string Type)>> columns = ReadColumns(connection, list, cancellationToken);
            Dictionary<string, long> rows = ReadRows(connection, list, cancellationToken);
            var files = new List<StoredFile>(snapshot.Files.Count);
            foreach (string path in snapshot.Files)
            {
                string full = home.Full(path);
                Check(path, columns[full], snapshot.Table, schema);
                files.Add(new StoredFile(
                    path,
                    full,
                    rows[full],
                    string.Join(',', columns[full].Select(c => $"{DuckDbSql.Identifier(c.Name)} {c.Type}")),
                    columns[full].Select(c => c.Name).ToHashSet(StringComparer.Ordinal)));
            }

            return new StoredFiles(schema, files);
        }
        catch (DuckDbException e)
        {
            throw new StoreException(home.Silver(snapshot.Table), $"the silver files of {snapshot.Table} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A query of some files' columns <c>c0</c>, <c>c1</c> … (by their place in the schema), with the file's
    /// place as <c>f</c> and the row's place in it, from 0, as <c>r</c>.</summary>
    public string Select(IEnumerable<int> files, IReadOnlyList<int> columns)
    {
        IEnumerable<string> parts = files.GroupBy(f => Files[f].Signature).Select(group =>
        {
            int[] places = [.. group];
            StoredFile first = Files[places[0]];
            string cells = string.Concat(columns.Select(c => $"{Cell(first, c)} AS {Name(c)}, "));
            return $"SELECT {cells}{Place(places)} AS f, file_row_number AS r FROM {ReadParquet(places.Select(p => Files[p].Full))}";
        });
        return string.Join(" UNION ALL ", parts);
    }

    /// <summary>A file's column as SQL, by its place in the schema: null when the file lacks it.</summary>
    public string Cell(StoredFile file, int column)
    {
        Column wanted = _schema.Columns[column];
        return file.Columns.Contains(wanted.Name)
            ? DuckDbSql.Identifier(wanted.Name)
            : $"CAST(NULL AS {DuckDbSql.TypeName(wanted.Type)})";
    }

    /// <summary>The name that queries give a column, by its place in the schema: no text of a pipeline's can clash.</summary>
    public static string Name(int column) => string.Create(CultureInfo.InvariantCulture, $"c{column}");

    /// <summary>The files as a table, without the columns that their folders' names would add.</summary>
    public static string ReadParquet(IEnumerable<string> paths) => $"read_parquet({PathList(paths)}, hive_partitioning = false)";

    /// <summary>Paths as DuckDB's list; characters that would match other files are taken for themselves.</summary>
    internal static string PathList(IEnumerable<string> paths) => DuckDbSql.List(paths.Select(path => path
        .Replace("[", "[[]", StringComparison.Ordinal)
        .Replace("*", "[*]", StringComparison.Ordinal)
        .Replace("?", "[?]", StringComparison.Ordinal)));

    private static string Place(int[] places)
    {
        for (int i = 1; i < places.Length; i++)
        {
            if (places[i] != places[0] + i)
            {
                return $"[{string.Join(", ", places)}][CAST(file_index + 1 AS BIGINT)]";
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"CAST(file_index + {places[0]} AS INTEGER)");
    }

    /// <summary>The columns of files, by their full paths.</summary>
    internal static Dictionary<string, List<(string Name, string Type)>> ReadColumns(
        DuckDbConnection connection, string list, CancellationToken cancellationToken)
    {
        var columns = new Dictionary<string, List<(string, string)>>(StringComparer.Ordinal);
        using DuckDbReader reader = connection.Query(
            $"SELECT file_name, name, duckdb_type FROM parquet_schema({list}) WHERE duckdb_type IS NOT NULL", cancellationToken);
        while (reader.Read())
        {
            for (int i = 0; i < reader.Count; i++)
            {
                string file = Text(reader, 0, i);
                if (!columns.TryGetValue(file, out List<(string, string)>? known))
                {
                    columns.Add(file, known = []);
                }

                known.Add((Text(reader, 1, i), Text(reader, 2, i)));
            }
        }

        return columns;
    }

    /// <summary>The rows of files, by their full paths.</summary>
    internal static Dictionary<string, long> ReadRows(DuckDbConnection connection, string list, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        using DuckDbReader reader = connection.Query($"SELECT file_name, num_rows FROM parquet_file_metadata({list})", cancellationToken);
        while (reader.Read())
        {
            for (int i = 0; i < reader.Count; i++)
            {
                rows[Text(reader, 0, i)] = (long)reader[1].Number(i);
            }
        }

        return rows;
    }

    private static string Text(DuckDbReader reader, int column, int row) => Encoding.UTF8.GetString(reader[column].Text(row));

    private static void Check(string path, List<(string Name, string Type)> columns, string table, Schema schema)
    {
        foreach ((string name, string type) in columns)
        {
            int ordinal = schema.IndexOf(name);
            if (ordinal >= 0 && DuckDbSql.TypeName(schema.Columns[ordinal].Type) != type)
            {
                throw new StoreException(
                    path,
                    $"{path}: column '{name}' of {table} was stored as {type} and is {schema.Columns[ordinal].Type} now; run again with --full-refresh");
            }
        }
    }
}
