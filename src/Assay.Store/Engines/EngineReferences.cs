using Assay.Sql;

namespace Assay.Store;

/// <summary>The references of tables to one another, which hold only where there is a row to refer to.</summary>
public static class EngineReferences
{
    private const string Referred = "referred";

    /// <summary>Makes every reference what it should be: the value it is made from where there is such a row, else null.
    /// Within the transaction that brings the rows, after all of them. Only rows that are not right are changed.</summary>
    /// <param name="session">The session.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A line each reference.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public static IReadOnlyList<LinkedReference> Link(
        EngineSession session, IReadOnlyList<SqlTable> tables, CancellationToken cancellationToken = default) =>
        [.. tables.SelectMany(table => table.References.Select(reference => Link(session, table, reference, cancellationToken)))];

    private static LinkedReference Link(EngineSession session, SqlTable table, SqlReference reference, CancellationToken cancellationToken)
    {
        SqlExpression to = SqlTerms.Column(table, reference.Column, table.Name);
        SqlExpression from = SqlTerms.Column(table, reference.From, table.Name);
        SqlExpression wrong = SqlTerms.Any([SqlTerms.IsNull(from), SqlTerms.NotEqual(from, to), SqlTerms.Not(Exists(table, reference, to))]);
        SqlExpression missing = SqlTerms.All([SqlTerms.IsNull(to), SqlTerms.IsNotNull(from)]);
        session.Execute(
            new UpdateRows(table.Name, reference.Column, SqlValue.Null(to.Type), SqlTerms.All([SqlTerms.IsNotNull(to), wrong])), cancellationToken);
        session.Execute(
            new UpdateRows(table.Name, reference.Column, from, SqlTerms.All([missing, Exists(table, reference, from)])), cancellationToken);
        return new LinkedReference(table.Name, reference, EngineParts.CountRows(session, table.Name, missing, cancellationToken));
    }

    private static SqlExists Exists(SqlTable table, SqlReference reference, SqlExpression value)
    {
        // A table that refers to itself is read twice.
        string? name = reference.Table == table.Name ? Referred : null;
        return new SqlExists(
            reference.Table, SqlTerms.Equal(new SqlColumnReference(name ?? reference.Table, reference.Key, value.Type), value))
        {
            As = name,
        };
    }
}
