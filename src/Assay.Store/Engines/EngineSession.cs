using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>
/// One owner's turn at a database. Rows go to staging tables first, by as many writers as there are workers; then one
/// transaction takes them over, and results with them. What is not committed leaves no trace but staging tables, which
/// the next session removes.
/// </summary>
public abstract class EngineSession : IDisposable
{
    /// <summary>What staging tables' names end with; no other table's may.</summary>
    public const string StagingSuffix = "__staging";

    /// <summary>The database's product and version, such as <c>PostgreSQL 15.18</c>.</summary>
    public abstract string Version { get; }

    /// <summary>How statements are written.</summary>
    public abstract SqlDialect Dialect { get; }

    /// <summary>Makes tables that are missing, adds columns that tables lack, and indexes; drops nothing. Commits by itself.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="indexes">Their indexes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">A table belongs to another owner, a column there has another type, or the database refuses.</exception>
    public abstract void SetUp(IReadOnlyList<SqlTable> tables, IReadOnlyList<CreateIndex> indexes, CancellationToken cancellationToken);

    /// <summary>Makes an empty staging table beside a table.</summary>
    /// <param name="table">The table that the rows are for.</param>
    /// <param name="columns">The columns that batches have, in their order; the table may have more, such as references.</param>
    /// <param name="cancellationToken">Stops it, and later its writers.</param>
    /// <returns>What takes the rows.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public abstract TableStage Stage(SqlTable table, Schema columns, CancellationToken cancellationToken);

    /// <summary>Begins the transaction that everything after it belongs to.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">The database refuses.</exception>
    public abstract void Begin(CancellationToken cancellationToken);

    /// <summary>Makes the staged rows the table's only ones.</summary>
    /// <param name="stage">The staged rows; its writers are complete.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">The database refuses.</exception>
    public abstract void Replace(TableStage stage, CancellationToken cancellationToken);

    /// <summary>Takes the staged rows into the table by its key; rows of the table that <paramref name="touched"/> holds
    /// for, and whose key was not staged, are removed.</summary>
    /// <param name="stage">The staged rows; its writers are complete.</param>
    /// <param name="touched">Which of the table's rows the staged ones are all of; null removes none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">The database refuses.</exception>
    public abstract void Merge(TableStage stage, SqlExpression? touched, CancellationToken cancellationToken);

    /// <summary>Runs a statement that gives no rows.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public abstract long Execute(SqlStatement statement, CancellationToken cancellationToken);

    /// <summary>Runs a query.</summary>
    /// <param name="statement">The query.</param>
    /// <param name="texts">The pool that text columns of the batches go to.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Its rows. One reader is open at a time.</returns>
    /// <exception cref="EngineException">The database refuses, or a value does not fit 128 bits (64 in SQLite).</exception>
    public abstract EngineReader Query(SelectStatement statement, TextPool texts, CancellationToken cancellationToken);

    /// <summary>Says how the database would run a query.</summary>
    /// <param name="statement">The query.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Its plan, a line each.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public abstract IReadOnlyList<string> Explain(SelectStatement statement, CancellationToken cancellationToken);

    /// <summary>Makes everything since <see cref="Begin"/> visible, together.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">The database refuses; nothing has changed then, unless the connection was lost at
    /// that moment, which the message says.</exception>
    public abstract void Commit(CancellationToken cancellationToken);

    /// <summary>Ends the session; what was not committed is undone, staging tables are removed, the turn is given back.</summary>
    public abstract void Dispose();
}
