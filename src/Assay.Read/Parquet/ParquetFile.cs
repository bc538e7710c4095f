using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.Data;
using Assay.DuckDb;

namespace Assay.Read;

/// <summary>One of a source's files, and the query that reads it.</summary>
internal sealed class ParquetFile
{
    private readonly List<string> _cells = [];

    private ParquetFile(string name, string path, long length)
    {
        Name = name;
        Path = path;
        Length = length;
    }

    /// <summary>The file, as it was given.</summary>
    public string Name { get; }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Its bytes.</summary>
    public long Length { get; }

    /// <summary>Its rows.</summary>
    public long Rows { get; private set; }

    /// <summary>Its own columns, which are the first cells of a row: the name and its colon as JSON, and whether the value is bare.</summary>
    public IReadOnlyList<(byte[] Name, bool IsBare)> Columns { get; private set; } = [];

    /// <summary>For each column asked for, which cell of a row it is; -1 when the file may lack it and does.</summary>
    public int[] Places { get; private set; } = [];

    /// <summary>The names of its columns that lead to none asked for.</summary>
    public IReadOnlyList<string> Extra { get; private set; } = [];

    /// <summary>How many cells a row has: the file's own columns, and what was asked for inside of them.</summary>
    public int Cells => _cells.Count;

    /// <summary>The query for the rows, in the file's order.</summary>
    public string Query => $"SELECT {(_cells.Count == 0 ? "NULL" : string.Join(", ", _cells))} FROM {From(Path)}";

    /// <summary>Opens a file and reads its footer.</summary>
    /// <param name="connection">Where to run queries.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="path">The file.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="columns">The paths of the columns that are needed.</param>
    /// <param name="optional">Those of them that it may lack.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ReadException">It is missing, unreadable or no Parquet file, or lacks a column.</exception>
    public static ParquetFile Open(
        DuckDbConnection connection, string source, string path, string name, IReadOnlyList<string> columns, IReadOnlyCollection<string> optional)
    {
        // Says why a file cannot be opened, in the words that all formats have.
        ByteInput.Open(source, path, out long? length, name).Dispose();
        if (length is null)
        {
            throw new ReadException(
                ReadErrorKind.Unreadable, source, name, $"{name} is a pipe: Parquet is read from its end, so save it as a file first.");
        }

        var file = new ParquetFile(name, path, length.Value);
        try
        {
            file.Describe(connection, source, columns, optional);
        }
        catch (DuckDbException error)
        {
            throw Corrupt(source, name, error);
        }

        return file;
    }

    /// <summary>What is thrown when DuckDB cannot read a file.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="name">The file's.</param>
    /// <param name="error">What DuckDB said.</param>
    /// <returns>The exception.</returns>
    public static ReadException Corrupt(string source, string name, DuckDbException error)
    {
        string message = error.Message.ReplaceLineEndings("\n");
        int end = message.IndexOf('\n', StringComparison.Ordinal);
        return new ReadException(
            ReadErrorKind.Corrupt, source, name, $"{name} cannot be read as Parquet: {(end < 0 ? message : message[..end])}", error);
    }

    private static string From(string path)
    {
        // Characters that would match other files are taken for themselves; folders' names add no columns.
        string literal = DuckDbSql.Literal(path
            .Replace("[", "[[]", StringComparison.Ordinal)
            .Replace("*", "[*]", StringComparison.Ordinal)
            .Replace("?", "[?]", StringComparison.Ordinal));
        return $"read_parquet([{literal}], hive_partitioning = false)";
    }

    private void Describe(DuckDbConnection connection, string source, IReadOnlyList<string> columns, IReadOnlyCollection<string> optional)
    {
        var own = new List<(string Name, string Type)>();
        using (DuckDbReader reader = connection.Query($"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {From(Path)})"))
        {
            while (reader.Read())
            {
                for (int i = 0; i < reader.Count; i++)
                {
                    own.Add((Encoding.UTF8.GetString(reader[0].Text(i)), Encoding.UTF8.GetString(reader[1].Text(i))));
                }
            }
        }

        Rows = connection.QueryInteger($"SELECT count(*) FROM {From(Path)}") ?? 0;
        var names = new List<(byte[] Name, bool IsBare)>();
        foreach ((string name, string type) in own)
        {
            ParquetCell cell = ParquetType.Text(DuckDbSql.Identifier(name), type);
            _cells.Add(cell.Sql);
            names.Add((Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\":"), cell.IsBare));
        }

        Columns = names;
        Places = [.. columns.Select(column => Place(column, own))];
        string[] missing = [.. columns.Where((column, i) => Places[i] < 0 && !optional.Contains(column))];
        if (missing.Length > 0)
        {
            throw Missing(source, missing, own);
        }

        HashSet<string> asked = [.. columns.Select(column => FieldPath.Parse(column)[0])];
        Extra = [.. own.Select(each => each.Name).Where(name => !asked.Contains(name))];
    }

    /// <summary>Which cell a column is; one that lies inside another is added.</summary>
    private int Place(string column, List<(string Name, string Type)> own)
    {
        string[] path = FieldPath.Parse(column);
        int place = own.FindIndex(each => each.Name == path[0]);
        if (place < 0 || path.Length == 1)
        {
            return place;
        }

        (string Cell, string Type) at = (DuckDbSql.Identifier(path[0]), own[place].Type);
        foreach (string name in path.AsSpan(1))
        {
            if (ParquetType.Child(at.Cell, at.Type, name) is not { } child)
            {
                return -1;
            }

            at = child;
        }

        _cells.Add(ParquetType.Text(at.Cell, at.Type).Sql);
        return _cells.Count - 1;
    }

    private ReadException Missing(string source, string[] missing, List<(string Name, string Type)> own)
    {
        const int Most = 30;
        IEnumerable<string> told = missing.Select(column =>
        {
            // What is wrong with a path whose first name is there lies further inside.
            IEnumerable<string> others = own.Select(each => each.Name).Where(name => name != FieldPath.Parse(column)[0]);
            return DidYouMean.Nearest(column, others) is { } close ? $"'{column}' (did you mean '{close}'?)" : $"'{column}'";
        });
        string has = string.Join(", ", own.Take(Most).Select(each => each.Name)) + (own.Count > Most ? $" and {own.Count - Most} more" : "");
        return new ReadException(
            ReadErrorKind.MissingColumn,
            source,
            Name,
            $"{Name}: missing column{(missing.Length == 1 ? "" : "s")} {string.Join(", ", told)}; the file has: {has}.")
        {
            Column = missing[0],
        };
    }
}
