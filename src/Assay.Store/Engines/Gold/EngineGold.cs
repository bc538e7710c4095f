using System.Globalization;
using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>
/// What a pipeline publishes in a database: a table <c>kpi_&lt;name&gt;</c> for each KPI, with the KPI's columns and the
/// place of each row, and a row each in <c>kpi_summary</c>, all of them in the transaction that brings the rows. The summary has
/// the result as JSON; one of more than 1,000 rows without these, as <see cref="SummaryResult"/> says.
/// </summary>
public static class EngineGold
{
    private const string Prefix = "kpi_";
    private const string Place = "position";

    /// <summary>Makes the tables that are missing; before <see cref="EngineSession.Begin"/>. Those whose columns have changed stay
    /// as they are until <see cref="Publish"/>; where tables do not come and go with the transaction, new ones are made beside
    /// them, which take their places when it is committed.</summary>
    /// <param name="session">The session.</param>
    /// <param name="kpis">Each KPI's name and columns.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">Another owner has a KPI of that name, or the database refuses.</exception>
    public static void Prepare(
        EngineSession session, IReadOnlyList<(string Name, Schema Columns)> kpis, CancellationToken cancellationToken = default) =>
        _ = EngineRetry.Run(session.Options, () => PrepareOnce(session, kpis, cancellationToken), cancellationToken);

    /// <summary>Replaces what is published of a pipeline; KPIs that it has no longer go. Within a transaction.</summary>
    /// <param name="session">The session; its KPIs were prepared.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="runId">The run that calculated the results.</param>
    /// <param name="at">When it did; kept as UTC.</param>
    /// <param name="parameters">The run's parameters as JSON.</param>
    /// <param name="results">The results.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">The database refuses, or cannot hold a value.</exception>
    public static void Publish(
        EngineSession session,
        string pipeline,
        string runId,
        DateTimeOffset at,
        string parameters,
        IReadOnlyList<ResultTable> results,
        CancellationToken cancellationToken = default)
    {
        Dictionary<string, BookedTable> books = BookedTable.ReadAll(session, cancellationToken);
        foreach (ResultTable result in results)
        {
            SqlTable table = TableOf(result.Name, result.Schema);
            if (session.HasTransactionalTables || Fits(session, table, books.GetValueOrDefault(table.Name), cancellationToken))
            {
                Make(session, table, books.GetValueOrDefault(table.Name), cancellationToken);
                session.Execute(new DeleteRows(table.Name), cancellationToken);
                Fill(session, table, result, cancellationToken);
            }
            else
            {
                SqlTable beside = Beside(table);
                session.Execute(new DeleteRows(beside.Name), cancellationToken);
                Fill(session, beside, result, cancellationToken);
                BookedTable.Write(session, table, isKpi: true, cancellationToken);
                EngineExchange.Promise(session, table.Name, cancellationToken);
            }
        }

        Retire(session, books, [.. results.Select(result => Prefix + result.Name)], cancellationToken);
        OwnTables.Delete(session, OwnTables.Summary, cancellationToken, ("pipeline", pipeline));
        foreach (ResultTable result in results)
        {
            OwnTables.Insert(
                session, OwnTables.Summary, cancellationToken,
                SqlValue.Of(pipeline), SqlValue.Of(result.Name), SqlValue.Of(runId),
                new SqlValue(ColumnType.Timestamp, SqlCells.MicrosecondsOf(at.UtcDateTime)), SqlValue.Of(parameters),
                SqlValue.Of(result.Rows.Count), SqlValue.Of(SummaryResult.Of(result, Prefix + result.Name)));
        }
    }

    /// <summary>The table of a KPI.</summary>
    internal static SqlTable TableOf(string kpi, Schema columns)
    {
        string place = Place;
        while (columns.Columns.Any(column => column.Name.Equals(place, StringComparison.OrdinalIgnoreCase)))
        {
            place += "_";
        }

        return new SqlTable(Prefix + kpi, [
            new SqlColumn(place, ColumnType.Integer, IsRequired: true),
            .. columns.Columns.Select(column => new SqlColumn(column.Name, column.Type))])
        {
            Key = [place],
        };
    }

    private static bool PrepareOnce(
        EngineSession session, IReadOnlyList<(string Name, Schema Columns)> kpis, CancellationToken cancellationToken)
    {
        OwnTables.Migrate(session, cancellationToken);
        Dictionary<string, BookedTable> books = BookedTable.ReadAll(session, cancellationToken);
        SqlTable[] tables = [.. kpis.Select(kpi => TableOf(kpi.Name, kpi.Columns))];
        foreach (SqlTable table in tables)
        {
            TableChange.RequireOwner(session, table.Name, books.GetValueOrDefault(table.Name), isKpi: true, IsThere(session, table.Name, cancellationToken));
        }

        foreach (SqlTable table in tables)
        {
            BookedTable? booked = books.GetValueOrDefault(table.Name);
            if (!IsThere(session, table.Name, cancellationToken))
            {
                Make(session, table, booked, cancellationToken);
            }
            else if (!session.HasTransactionalTables && !Fits(session, table, booked, cancellationToken))
            {
                session.Execute(new DropTable(Beside(table).Name), cancellationToken);
                session.Execute(new CreateTable(Beside(table)), cancellationToken);
            }
        }

        return true;
    }

    /// <summary>A table of the same columns, under the name of its staging.</summary>
    private static SqlTable Beside(SqlTable table) => table with { Name = table.Name + EngineSession.StagingSuffix };

    /// <summary>Makes a table, in place of one that has other columns.</summary>
    private static void Make(EngineSession session, SqlTable table, BookedTable? booked, CancellationToken cancellationToken)
    {
        if (Fits(session, table, booked, cancellationToken))
        {
            return;
        }

        session.Execute(new DropTable(table.Name), cancellationToken);
        BookedTable.Write(session, table, isKpi: true, cancellationToken);
        session.Execute(new CreateTable(table), cancellationToken);
    }

    /// <summary>Whether a table is there, and has the columns that it should have.</summary>
    private static bool Fits(EngineSession session, SqlTable table, BookedTable? booked, CancellationToken cancellationToken) =>
        booked is not null
        && booked.Columns.SequenceEqual(table.Columns.Select((_, place) => BookedColumn.Of(table, place)))
        && IsThere(session, table.Name, cancellationToken);

    private static void Fill(EngineSession session, SqlTable table, ResultTable result, CancellationToken cancellationToken)
    {
        RequireNarrow(session, result);
        try
        {
            session.Insert(table, Enumerable.Range(0, result.Rows.Count).Select(row => Values(result, row)), cancellationToken);
        }
        catch (SqlException e)
        {
            int row = Enumerable.Range(0, result.Rows.Count).First(row => !Holds(session.Dialect, table, Values(result, row)));
            throw new EngineException(session.Dialect.Name, string.Create(
                CultureInfo.InvariantCulture, $"row {row + 1} of KPI `{result.Name}` cannot be kept: {e.Message}; use another engine for it"), e);
        }
    }

    /// <summary>Whole numbers are kept in 64 bits; a result may have larger ones, such as sums of products.</summary>
    /// <exception cref="EngineException">One is larger.</exception>
    private static void RequireNarrow(EngineSession session, ResultTable result)
    {
        for (int column = 0; column < result.Schema.Columns.Count; column++)
        {
            for (int row = 0; row < result.Rows.Count && result.Schema.Columns[column].Type.Kind == ColumnKind.Integer; row++)
            {
                if (result.Rows[row][column] is Int128 number && number != (long)number)
                {
                    throw new EngineException(session.Dialect.Name, string.Create(
                        CultureInfo.InvariantCulture,
                        $"row {row + 1} of KPI `{result.Name}` cannot be kept: `{result.Schema.Columns[column].Name}` is {number}, and whole numbers have at most 64 bits there; give the column a `scale` of 1 or more, which keeps 38 digits (SQLite: 18), or use the engine memory"));
                }
            }
        }
    }

    private static SqlValue[] Values(ResultTable result, int row) =>
    [
        SqlValue.Of(row + 1),
        .. result.Rows[row].Select((cell, column) => SqlCells.Of(cell, result.Schema.Columns[column].Type)),
    ];

    /// <summary>Whether a dialect can say a row.</summary>
    private static bool Holds(SqlDialect dialect, SqlTable table, SqlValue[] row)
    {
        try
        {
            dialect.Render(new InsertRow(table.Name, [.. table.Columns.Select(column => column.Name)], row));
            return true;
        }
        catch (SqlException)
        {
            return false;
        }
    }

    /// <summary>Removes the owner's KPIs that are no longer there; where tables do not go with the transaction they are emptied.</summary>
    private static void Retire(
        EngineSession session, Dictionary<string, BookedTable> books, HashSet<string> current, CancellationToken cancellationToken)
    {
        foreach (OwnedTable table in books.Values.Select(booked => booked.Table))
        {
            if (table.IsKpi && table.Owner == session.Owner && !current.Contains(table.Name) && IsThere(session, table.Name, cancellationToken))
            {
                if (session.HasTransactionalTables)
                {
                    session.Execute(new DropTable(table.Name), cancellationToken);
                    BookedTable.Remove(session, table.Name, cancellationToken);
                }
                else
                {
                    session.Execute(new DeleteRows(table.Name), cancellationToken);
                }
            }
        }
    }

    private static bool IsThere(EngineSession session, string table, CancellationToken cancellationToken) =>
        session.ColumnsOf(table, cancellationToken).Count > 0;
}
