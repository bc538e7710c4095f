using Assay.Sql;

namespace Assay.Store;

/// <summary>What makes a database's table what it should be, found to be allowed before anything is changed.</summary>
/// <param name="Table">The table as it should be.</param>
/// <param name="Added">The columns that it lacks, by place; null when the table itself is missing.</param>
internal sealed record TableChange(SqlTable Table, IReadOnlyList<int>? Added)
{
    /// <summary>Compares a table with what is there.</summary>
    /// <param name="session">The session.</param>
    /// <param name="table">The table as it should be.</param>
    /// <param name="booked">What the books have of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">It is not the owner's, or would lose data.</exception>
    public static TableChange Plan(
        EngineSession session, SqlTable table, BookedTable? booked, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> there = session.ColumnsOf(table.Name, cancellationToken);
        RequireOwner(session, table.Name, booked, isKpi: false, there.Count > 0);
        if (booked is null || there.Count == 0)
        {
            return new TableChange(table, null);
        }

        RequireKey(session, table, booked);
        var added = new List<int>();
        for (int place = 0; place < table.Columns.Count; place++)
        {
            if (there.Contains(table.Columns[place].Name, StringComparer.Ordinal))
            {
                RequireType(session, table, BookedColumn.Of(table, place), booked);
            }
            else
            {
                added.Add(place);
            }
        }

        if (booked.Columns.FirstOrDefault(column => column.IsRequired && !table.Columns.Any(one => one.Name == column.Name)) is { } lost)
        {
            throw Refuse(session, table, $"column `{lost.Name}` of table `{table.Name}` is required there, and there is no such column any more");
        }

        return new TableChange(table, added);
    }

    /// <summary>Does it.</summary>
    public void Apply(EngineSession session, CancellationToken cancellationToken)
    {
        if (Added is null)
        {
            BookedTable.Write(session, Table, isKpi: false, cancellationToken);
            session.Execute(new CreateTable(Table) { IfMissing = true }, cancellationToken);
            return;
        }

        foreach (int place in Added)
        {
            // Rows that are there have no value for it, so the database cannot require one.
            BookedTable.Write(session, Table, BookedColumn.Of(Table, place) with { IsRequired = false }, cancellationToken);
            session.Execute(new AddColumn(Table.Name, Table.Columns[place] with { IsRequired = false }), cancellationToken);
        }
    }

    /// <summary>Takes no name that is another's.</summary>
    /// <exception cref="EngineException">The table is not the owner's.</exception>
    public static void RequireOwner(EngineSession session, string table, BookedTable? booked, bool isKpi, bool isThere)
    {
        string? why = booked switch
        {
            _ when table.EndsWith(EngineSession.StagingSuffix, StringComparison.Ordinal) || OwnTables.All.Any(own => own.Name == table) =>
                "this name is kept for Assay's own tables",
            null when isThere => "there is such a table already, and Assay did not make it",
            { Table: var owned } when owned.Owner != session.Owner => $"it belongs to `{owned.Owner}`, not to `{session.Owner}`",
            { Table: var owned } when owned.IsKpi != isKpi => isKpi ? "it is a table of the pipeline, not a KPI's" : "it is a KPI's",
            _ => null,
        };
        if (why is not null)
        {
            throw new EngineException(session.Dialect.Name, $"table `{table}` cannot be used: {why}; take another name or another database");
        }
    }

    private static void RequireKey(EngineSession session, SqlTable table, BookedTable booked)
    {
        string[] key = [.. booked.Columns.Where(column => column.KeyPlace > 0).OrderBy(column => column.KeyPlace).Select(column => column.Name)];
        if (!key.SequenceEqual(table.Key, StringComparer.Ordinal))
        {
            throw Refuse(session, table, $"the key of table `{table.Name}` is {Named(key)} there, and {Named(table.Key)} is asked for");
        }
    }

    private static void RequireType(EngineSession session, SqlTable table, BookedColumn wanted, BookedTable booked)
    {
        BookedColumn? there = booked.Columns.FirstOrDefault(column => column.Name == wanted.Name);
        if (there?.Type != wanted.Type)
        {
            throw Refuse(session, table, $"column `{wanted.Name}` of table `{table.Name}` is {there?.Type ?? "not of Assay's making"} there, and {wanted.Type} is asked for");
        }

        if (there.IsRequired && !wanted.IsRequired)
        {
            throw Refuse(session, table, $"column `{wanted.Name}` of table `{table.Name}` is required there, and may be empty now");
        }
    }

    private static string Named(IReadOnlyList<string> key) => key.Count == 0 ? "none" : $"`{string.Join("`, `", key)}`";

    private static EngineException Refuse(EngineSession session, SqlTable table, string what) => new(
        session.Dialect.Name, $"{what}; nothing was changed: remove the tables of `{session.Owner}` (assay db drop), then run again, which loads `{table.Name}` anew");
}
