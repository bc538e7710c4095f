using Assay.Sql;

namespace Assay.Store;

/// <summary>The tables of a database: what there is, what is made and what is removed.</summary>
public static class EngineSchema
{
    /// <summary>The tables that Assay made there, in the order of their names.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The tables of all owners; none when Assay has not been there.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public static IReadOnlyList<OwnedTable> ListTables(EngineSession session, CancellationToken cancellationToken = default) =>
        !OwnTables.AreThere(session, cancellationToken)
            ? []
            : [.. BookedTable.ReadAll(session, cancellationToken).Values.Select(booked => booked.Table).OrderBy(table => table.Name, StringComparer.Ordinal)];

    /// <summary>Removes the tables of the session's owner with their rows and results and, when no other owner's are left,
    /// Assay's own. Outside a transaction; what is interrupted can be repeated.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The names of the tables that were removed.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public static IReadOnlyList<string> Drop(EngineSession session, CancellationToken cancellationToken = default)
    {
        if (!OwnTables.AreThere(session, cancellationToken))
        {
            return [];
        }

        Dictionary<string, BookedTable> books = BookedTable.ReadAll(session, cancellationToken);
        var dropped = new List<string>();
        foreach (BookedTable booked in ChildrenFirst([.. books.Values.Where(booked => booked.Table.Owner == session.Owner)]))
        {
            string name = booked.Table.Name;
            session.Execute(new DropTable(name + EngineSession.StagingSuffix), cancellationToken);
            session.Execute(new DropTable(name), cancellationToken);
            BookedTable.Remove(session, name, cancellationToken);
            dropped.Add(name);
        }

        OwnTables.Delete(session, OwnTables.Summary, cancellationToken, ("pipeline", session.Owner));

        // A database that no run has come to since there is such a table has none.
        if (session.ColumnsOf(OwnTables.Runs.Name, cancellationToken).Count > 0)
        {
            OwnTables.Delete(session, OwnTables.Runs, cancellationToken, ("pipeline", session.Owner));
        }

        if (dropped.Count == books.Count)
        {
            foreach (SqlTable own in OwnTables.All)
            {
                session.Execute(new DropTable(own.Name), cancellationToken);
            }
        }

        return dropped;
    }

    /// <summary>Makes what is missing, as <see cref="EngineSession.SetUp"/> says; can be repeated.</summary>
    /// <returns>Always true.</returns>
    internal static bool SetUp(
        EngineSession session, IReadOnlyList<SqlTable> tables, IReadOnlyList<CreateIndex> indexes, CancellationToken cancellationToken)
    {
        OwnTables.Migrate(session, cancellationToken);
        Dictionary<string, BookedTable> books = BookedTable.ReadAll(session, cancellationToken);
        IReadOnlyList<TableChange> changes = [.. ParentsFirst(tables).Select(table => TableChange.Plan(
            session, table, books.GetValueOrDefault(table.Name), cancellationToken))];
        foreach (TableChange change in changes)
        {
            change.Apply(session, cancellationToken);
        }

        foreach (CreateIndex index in indexes.Concat(ReferenceIndexes(tables, indexes)))
        {
            session.Execute(index, cancellationToken);
        }

        return true;
    }

    /// <summary>Removes the staging tables that killed sessions left, after those that were to take another's place have done so.</summary>
    internal static void RemoveStaging(EngineSession session, CancellationToken cancellationToken)
    {
        if (!session.HasTransactionalTables && OwnTables.AreThere(session, cancellationToken))
        {
            EngineExchange.Finish(session, cancellationToken);
        }

        foreach (OwnedTable table in ListTables(session, cancellationToken))
        {
            string staging = table.Name + EngineSession.StagingSuffix;
            if (session.ColumnsOf(staging, cancellationToken).Count > 0)
            {
                session.Execute(new DropTable(staging), cancellationToken);
            }
        }
    }

    /// <summary>Removing a row that others refer to means finding these, which needs an index.</summary>
    private static IEnumerable<CreateIndex> ReferenceIndexes(IReadOnlyList<SqlTable> tables, IReadOnlyList<CreateIndex> indexes) =>
        from table in tables
        from reference in table.References
        where !indexes.Any(index => index.Table == table.Name && index.Columns[0].Name == reference.Column)
        select new CreateIndex(
            $"{table.Name}_{reference.Column}_idx", table.Name, [table.Columns.Single(column => column.Name == reference.Column)]);

    /// <summary>Tables in an order in which each can refer to those before it. A reference of a circle is made without the
    /// database's own check: no order would do.</summary>
    private static IEnumerable<SqlTable> ParentsFirst(IReadOnlyList<SqlTable> tables)
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        var left = tables.ToList();
        while (left.Count > 0)
        {
            bool Waits(SqlTable table, SqlReference reference) =>
                reference.Table != table.Name && !made.Contains(reference.Table) && left.Any(other => other.Name == reference.Table);
            SqlTable next = left.FirstOrDefault(table => !table.References.Any(reference => Waits(table, reference))) ?? left[0];
            yield return next with { References = [.. next.References.Where(reference => !Waits(next, reference))] };
            made.Add(next.Name);
            left.Remove(next);
        }
    }

    private static IEnumerable<BookedTable> ChildrenFirst(List<BookedTable> left)
    {
        while (left.Count > 0)
        {
            BookedTable next = left.FirstOrDefault(table => !left.Any(other =>
                other != table && other.Columns.Any(column => column.RefersTo == table.Table.Name))) ?? left[0];
            yield return next;
            left.Remove(next);
        }
    }
}
