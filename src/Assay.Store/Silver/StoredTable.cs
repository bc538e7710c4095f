using Assay.Data;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>What is stored of a table, as its files' footers tell; no row is read.</summary>
/// <param name="Files">How many files there are.</param>
/// <param name="Rows">How many rows they hold.</param>
/// <param name="Drift">How their columns differ from those that the table has now: its own in their order, then others by name.</param>
public sealed record StoredTable(int Files, long Rows, IReadOnlyList<ColumnDrift> Drift)
{
    /// <summary>Looks at a table's files.</summary>
    /// <param name="home">Where the data lies.</param>
    /// <param name="snapshot">The files.</param>
    /// <param name="schema">The columns that the table has now.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What is stored; nothing, without drift, when there are no files.</returns>
    /// <exception cref="StoreException">A file cannot be read, or DuckDB's library is missing.</exception>
    public static StoredTable Read(AssayHome home, SilverSnapshot snapshot, Schema schema, CancellationToken cancellationToken)
    {
        if (snapshot.Files.Count == 0)
        {
            return new StoredTable(0, 0, []);
        }

        try
        {
            using DuckDbDatabase database = DuckDbDatabase.Open(path: null, new DuckDbOptions { Threads = 1 });
            using DuckDbConnection connection = database.Connect();
            string list = StoredFiles.PathList(snapshot.Files.Select(home.Full));
            long rows = StoredFiles.ReadRows(connection, list, cancellationToken).Values.Sum();
            ICollection<List<(string Name, string Type)>> files = StoredFiles.ReadColumns(connection, list, cancellationToken).Values;
            return new StoredTable(snapshot.Files.Count, rows, [.. Compare(files, schema)]);
        }
        catch (DuckDbException e)
        {
            throw new StoreException(home.Silver(snapshot.Table), $"the silver files of {snapshot.Table} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The columns that the file written longest ago lacks: the one that least likely has what is new.</summary>
    /// <param name="home">Where the data lies.</param>
    /// <param name="table">The table.</param>
    /// <param name="schema">The columns that the table has now.</param>
    /// <param name="changed">When the columns may have changed last, in UTC: a younger file has them all, and is not read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The columns' names, in their order; none when there are no files.</returns>
    /// <exception cref="StoreException">The file cannot be read, or DuckDB's library is missing.</exception>
    public static IReadOnlyList<string> Missing(AssayHome home, string table, Schema schema, DateTime changed, CancellationToken cancellationToken)
    {
        SilverSnapshot current = SilverSnapshot.Current(home, table);
        string? oldest = current.Files.MinBy(file => File.GetLastWriteTimeUtc(home.Full(file)));
        return oldest is null || File.GetLastWriteTimeUtc(home.Full(oldest)) > changed
            ? []
            : [.. Read(home, current with { Files = [oldest] }, schema, cancellationToken).Drift.Where(drift => drift.Stored is null).Select(drift => drift.Column)];
    }

    private static IEnumerable<ColumnDrift> Compare(ICollection<List<(string Name, string Type)>> files, Schema schema)
    {
        foreach (Column column in schema.Columns)
        {
            string wanted = DuckDbSql.TypeName(column.Type);
            string[] types = [.. files.SelectMany(file => file.Where(stored => stored.Name == column.Name)).Select(stored => stored.Type)];
            if (types.Length < files.Count)
            {
                yield return new ColumnDrift(column.Name, null, column.Type.ToString(), files.Count - types.Length);
            }

            foreach (IGrouping<string, string> other in types.Where(type => type != wanted).GroupBy(type => type).OrderBy(type => type.Key, StringComparer.Ordinal))
            {
                yield return new ColumnDrift(column.Name, TypeName(other.Key), column.Type.ToString(), other.Count());
            }
        }

        foreach (var gone in files.SelectMany(file => file).Where(stored => schema.IndexOf(stored.Name) < 0)
            .GroupBy(stored => stored).OrderBy(stored => stored.Key.Name, StringComparer.Ordinal).ThenBy(stored => stored.Key.Type, StringComparer.Ordinal))
        {
            yield return new ColumnDrift(gone.Key.Name, TypeName(gone.Key.Type), null, gone.Count());
        }
    }

    private static string TypeName(string stored) => stored switch
    {
        "VARCHAR" => ColumnType.String.ToString(),
        "BIGINT" => ColumnType.Integer.ToString(),
        _ => stored.ToLowerInvariant(),
    };
}
