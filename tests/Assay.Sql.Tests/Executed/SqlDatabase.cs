using Assay.Data;

namespace Assay.Sql.Tests;

/// <summary>A database that statements are run on.</summary>
internal abstract class SqlDatabase : IDisposable
{
    public abstract SqlDialect Dialect { get; }

    /// <summary>Runs a statement.</summary>
    /// <exception cref="DatabaseException">The database fails.</exception>
    public abstract void Execute(SqlText statement);

    /// <summary>Runs a query; its cells as SQL values of the query's types.</summary>
    /// <exception cref="DatabaseException">The database fails, or gives a number that is not exact.</exception>
    public abstract List<SqlValue[]> Query(SqlText statement, IReadOnlyList<ColumnType> types);

    public void Execute(SqlStatement statement) => Execute(Dialect.Render(statement));

    public List<SqlValue[]> Query(SelectStatement statement) => Query(Dialect.Render(statement), [.. statement.Columns.Select(column => column.Value.Type)]);

    public abstract void Dispose();
}
