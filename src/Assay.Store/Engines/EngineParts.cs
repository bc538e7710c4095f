using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>Which parts a table's rows were loaded from, so that only those that differ are loaded again.</summary>
public static class EngineParts
{
    /// <summary>Reads the parts of a table.</summary>
    /// <param name="session">The session; the table was set up by its owner.</param>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Each part's name and the hash of its content.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public static IReadOnlyDictionary<string, string> Read(EngineSession session, string table, CancellationToken cancellationToken = default) =>
        OwnTables.Rows(session, OwnTables.Parts, ("table_name", table), cancellationToken)
            .ToDictionary(row => row[1].Text!, row => row[2].Text!, StringComparer.Ordinal);

    /// <summary>Counts a table's rows, to tell whether they are still those of its parts.</summary>
    /// <param name="session">The session; the table was set up by its owner.</param>
    /// <param name="table">The table.</param>
    /// <param name="where">Which of its rows are counted; null counts all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public static long CountRows(
        EngineSession session, string table, SqlExpression? where = null, CancellationToken cancellationToken = default)
    {
        var count = new SelectStatement
        {
            Columns = [new SelectColumn("rows", new SqlAggregate(ColumnType.Integer, SqlAggregateFunction.Count, null))],
            From = new SqlSource(table),
            Where = where,
            GroupKeys = 0,
        };
        return (long)session.Rows(count, cancellationToken)[0][0].Units;
    }

    /// <summary>Makes these the parts of a table; within the transaction that brings their rows.</summary>
    /// <param name="session">The session; the table was set up by its owner.</param>
    /// <param name="table">The table.</param>
    /// <param name="parts">Each part's name and the hash of its content.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">The database refuses.</exception>
    public static void Write(
        EngineSession session, string table, IReadOnlyDictionary<string, string> parts, CancellationToken cancellationToken = default)
    {
        IReadOnlyDictionary<string, string> there = Read(session, table, cancellationToken);
        foreach ((string part, string content) in there)
        {
            if (parts.GetValueOrDefault(part) != content)
            {
                OwnTables.Delete(session, OwnTables.Parts, cancellationToken, ("table_name", table), ("part", part));
            }
        }

        foreach ((string part, string content) in parts)
        {
            if (there.GetValueOrDefault(part) != content)
            {
                OwnTables.Insert(
                    session, OwnTables.Parts, cancellationToken, SqlValue.Of(table), SqlValue.Of(part), SqlValue.Of(content));
            }
        }
    }
}
