using Assay.DuckDb;

namespace Assay.Store;

/// <summary>How many rows of a table have a value that another table lacks.</summary>
/// <param name="Rows">The rows that have a value.</param>
/// <param name="Orphans">Those of them whose value is not in the other table.</param>
public sealed record SilverRelationship(long Rows, long Orphans)
{
    /// <summary>Compares a column of a table with a column of another.</summary>
    /// <param name="home">Where the data lies.</param>
    /// <param name="from">The table.</param>
    /// <param name="column">Its column; rows without a value are not looked at.</param>
    /// <param name="to">The other table.</param>
    /// <param name="toColumn">Its column, of the same type.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="StoreException">A file cannot be read, or lacks the column.</exception>
    public static SilverRelationship Count(
        AssayHome home, SilverSnapshot from, string column, SilverSnapshot to, string toColumn, CancellationToken cancellationToken)
    {
        if (from.Files.Count == 0)
        {
            return new SilverRelationship(0, 0);
        }

        try
        {
            using DuckDbDatabase database = DuckDbDatabase.Open();
            using DuckDbConnection connection = database.Connect();
            string rows = $"FROM {Files(home, from)} WHERE {DuckDbSql.Identifier(column)} IS NOT NULL";
            string known = to.Files.Count == 0
                ? ""
                : $" AND {DuckDbSql.Identifier(column)} NOT IN (SELECT {DuckDbSql.Identifier(toColumn)} FROM {Files(home, to)} WHERE {DuckDbSql.Identifier(toColumn)} IS NOT NULL)";
            return new SilverRelationship(
                connection.QueryInteger($"SELECT count(*) {rows}", cancellationToken) ?? 0,
                connection.QueryInteger($"SELECT count(*) {rows}{known}", cancellationToken) ?? 0);
        }
        catch (DuckDbException e)
        {
            throw new StoreException(home.Silver(from.Table), $"`{from.Table}` cannot be compared with `{to.Table}`: {e.Message}", e);
        }
    }

    private static string Files(AssayHome home, SilverSnapshot snapshot) =>
        $"read_parquet({DuckDbSql.List(snapshot.Files.Select(home.Full))}, hive_partitioning = false, union_by_name = true)";
}
