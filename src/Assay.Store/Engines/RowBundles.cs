using Assay.Sql;

namespace Assay.Store;

/// <summary>Puts rows together to statements that are large enough to be quick, and small enough for every database.</summary>
internal static class RowBundles
{
    /// <summary>The most rows of a statement: more of them save nothing.</summary>
    internal const int MostRows = 500;

    /// <summary>The most values of a statement: SQLite takes 32,766 parameters, PostgreSQL 65,535.</summary>
    internal const int MostValues = 30_000;

    /// <summary>The most bytes of a statement, about: MySQL takes 16 MiB unless it is told another max_allowed_packet.</summary>
    internal const int MostBytes = 1_000_000;

    /// <summary>What a value takes besides its text.</summary>
    private const int BytesOfValue = 32;

    /// <summary>Makes the statements that add rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">The rows, with a value for each of the table's columns.</param>
    /// <returns>The statements, made as they are asked for; a row that is larger than all limits has one of its own.</returns>
    public static IEnumerable<InsertRows> Of(SqlTable table, IEnumerable<IReadOnlyList<SqlValue>> rows)
    {
        string[] columns = [.. table.Columns.Select(column => column.Name)];
        int most = Math.Clamp(MostValues / columns.Length, 1, MostRows);
        var bundle = new List<IReadOnlyList<SqlValue>>(most);
        long bytes = 0;
        foreach (IReadOnlyList<SqlValue> row in rows)
        {
            long more = row.Sum(BytesOf);
            if (bundle.Count == most || (bundle.Count > 0 && bytes + more > MostBytes))
            {
                yield return new InsertRows(table.Name, columns, [.. bundle]);
                bundle.Clear();
                bytes = 0;
            }

            bundle.Add(row);
            bytes += more;
        }

        if (bundle.Count > 0)
        {
            yield return new InsertRows(table.Name, columns, bundle);
        }
    }

    /// <summary>A character has at most three bytes of UTF-8 (a pair of surrogates has four).</summary>
    private static long BytesOf(SqlValue value) => BytesOfValue + (3L * (value.Text?.Length ?? 0));
}
