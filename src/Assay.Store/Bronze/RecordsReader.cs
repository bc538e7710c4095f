using System.Text;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>Finds records of a file in bronze: their places by the Parquet copy, their bytes in the raw file.</summary>
public static class RecordsReader
{
    /// <summary>Whether a file's records were kept, and not pruned since.</summary>
    /// <param name="raw">The file in bronze.</param>
    /// <returns>True when they are there.</returns>
    public static bool Exists(string raw) => Directory.Exists(raw + BronzeFolder.RecordsSuffix);

    /// <summary>Where records stand in their file.</summary>
    /// <param name="raw">The file in bronze.</param>
    /// <param name="rows">The records' numbers, 1 for the first, in any order.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>Their places, in the order of the rows, each once.</returns>
    /// <exception cref="StoreException">The records were not kept, cannot be read, or one is not among them.</exception>
    public static IReadOnlyList<RecordPlace> Find(string raw, IReadOnlyCollection<long> rows, CancellationToken cancellationToken = default)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        string folder = raw + BronzeFolder.RecordsSuffix;
        if (!Directory.Exists(folder))
        {
            throw new StoreException(folder, $"the records of {raw} are not kept any more ({folder}); load the file again to have them");
        }

        long[] wanted = [.. rows.Distinct().Order()];
        List<RecordPlace> places;
        try
        {
            places = Query(folder, wanted, cancellationToken);
        }
        catch (DuckDbException e)
        {
            throw new StoreException(folder, $"the records of {raw} cannot be read: {e.Message}", e);
        }

        if (places.Count != wanted.Length)
        {
            long missing = wanted.Except(places.Select(place => place.Row)).First();
            throw new StoreException(folder, $"{folder} has no row {missing}; remove the folder, then run with --full-refresh, which writes it anew");
        }

        return places;
    }

    /// <summary>The raw texts of records, from the Parquet copy.</summary>
    /// <param name="raw">The file in bronze.</param>
    /// <param name="fields">The fields, which must be those that the copy was made with.</param>
    /// <param name="rows">The records' numbers, 1 for the first, in any order.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>By number, a text for each field, null where the record has none; or null when the copy was pruned, is of
    /// other fields or lacks a row, so that the raw file has to be read.</returns>
    /// <exception cref="StoreException">The copy cannot be read.</exception>
    public static IReadOnlyDictionary<long, string?[]>? Texts(
        string raw, IReadOnlyList<string> fields, IReadOnlyCollection<long> rows, CancellationToken cancellationToken = default)
    {
        if (rows.Count == 0 || !Exists(raw))
        {
            return rows.Count == 0 ? new Dictionary<long, string?[]>() : null;
        }

        try
        {
            return QueryTexts(raw + BronzeFolder.RecordsSuffix, fields, [.. rows.Distinct()], cancellationToken);
        }
        catch (DuckDbException e)
        {
            throw new StoreException(raw, $"the records of {raw} cannot be read: {e.Message}", e);
        }
    }

    private static List<RecordPlace> Query(string folder, long[] wanted, CancellationToken cancellationToken)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(options: new DuckDbOptions { Threads = 1 });
        using DuckDbConnection connection = database.Connect();
        Want(connection, wanted, cancellationToken);
        using DuckDbReader reader = connection.Query(
            $"SELECT _row, _offset, _length FROM read_parquet({Parts(folder)}) JOIN wanted ON _row = wanted_row ORDER BY _row", cancellationToken);
        var places = new List<RecordPlace>(wanted.Length);
        while (reader.Read())
        {
            ReadOnlySpan<long> rows = reader[0].Values<long>();
            ReadOnlySpan<long> offsets = reader[1].Values<long>();
            ReadOnlySpan<int> lengths = reader[2].Values<int>();
            for (int i = 0; i < reader.Count; i++)
            {
                places.Add(new RecordPlace(rows[i], offsets[i], lengths[i]));
            }
        }

        return places;
    }

    private static string Parts(string folder) => DuckDbSql.Literal(Path.Combine(folder, "part-*.parquet"));

    private static void Want(DuckDbConnection connection, long[] rows, CancellationToken cancellationToken)
    {
        connection.Execute("CREATE TABLE wanted (wanted_row BIGINT)", cancellationToken);
        using DuckDbAppender appender = connection.OpenAppender("wanted");
        foreach (long[] some in rows.Chunk(DuckDbAppender.MostRows))
        {
            appender.Begin(some.Length);
            appender.Set(0, some);
            appender.End();
        }

        appender.Flush();
    }

    private static Dictionary<long, string?[]>? QueryTexts(
        string folder, IReadOnlyList<string> fields, long[] wanted, CancellationToken cancellationToken)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(options: new DuckDbOptions { Threads = 1 });
        using DuckDbConnection connection = database.Connect();
        IReadOnlyList<string> columns = new RecordsColumns(fields).Names;
        using (DuckDbReader kept = connection.Query($"SELECT * FROM read_parquet({Parts(folder)}) LIMIT 0", cancellationToken))
        {
            // A copy of other fields may call one of them by the name that another has here.
            if (!kept.Columns.SkipLast(RecordsColumns.OwnCount).Select(column => column.Name).SequenceEqual(columns, StringComparer.Ordinal))
            {
                return null;
            }
        }

        Want(connection, wanted, cancellationToken);
        string selected = string.Concat(columns.Select(column => ", " + DuckDbSql.Identifier(column)));
        using DuckDbReader reader = connection.Query(
            $"SELECT _row{selected} FROM read_parquet({Parts(folder)}) JOIN wanted ON _row = wanted_row", cancellationToken);
        var texts = new Dictionary<long, string?[]>(wanted.Length);
        while (reader.Read())
        {
            ReadOnlySpan<long> rows = reader[0].Values<long>();
            for (int i = 0; i < reader.Count; i++)
            {
                string?[] record = new string?[columns.Count];
                for (int field = 0; field < record.Length; field++)
                {
                    DuckDbVector column = reader[field + 1];
                    record[field] = column.IsNull(i) ? null : Encoding.UTF8.GetString(column.Text(i));
                }

                texts[rows[i]] = record;
            }
        }

        return texts.Count == wanted.Length ? texts : null;
    }
}
