using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>
/// One owner's turn at a database. Rows go to staging tables first, by as many writers as there are workers; then one
/// transaction takes them over, and results with them. What is not committed leaves no trace but staging tables, which
/// the next session removes. One thread uses it at a time, stages' writers aside.
/// </summary>
public abstract class EngineSession : IDisposable
{
    /// <summary>What staging tables' names end with; no other table's may.</summary>
    public const string StagingSuffix = "__staging";

    private readonly List<TableStage> _stages = [];

    private protected EngineSession(EngineOptions options, SqlDialect dialect, string owner)
    {
        Options = options;
        Dialect = dialect;
        Owner = owner;
    }

    /// <summary>The database's product and version, such as <c>PostgreSQL 15.18</c>.</summary>
    public abstract string Version { get; }

    /// <summary>What writes: the tables that the session makes are its own.</summary>
    public string Owner { get; }

    /// <summary>How statements are written.</summary>
    public SqlDialect Dialect { get; }

    /// <summary>Whether the session is between <see cref="Begin"/> and <see cref="Commit"/> or <see cref="Rollback"/>.</summary>
    public abstract bool IsInTransaction { get; }

    internal EngineOptions Options { get; }

    /// <summary>Whether tables made or removed in a transaction come and go with it.</summary>
    internal virtual bool HasTransactionalTables => true;

    /// <summary>Makes tables that are missing, adds columns that tables lack, and indexes; drops nothing. Commits by itself.
    /// Columns that refer to other tables get an index, too.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="indexes">Their indexes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">A table belongs to another owner or is none of Assay's, a column there has another
    /// type, or the database refuses.</exception>
    public void SetUp(IReadOnlyList<SqlTable> tables, IReadOnlyList<CreateIndex> indexes, CancellationToken cancellationToken = default)
    {
        RequireOutside("set up");
        _ = EngineRetry.Run(Options, () => EngineSchema.SetUp(this, tables, indexes, cancellationToken), cancellationToken);
    }

    /// <summary>Makes an empty staging table beside a table.</summary>
    /// <param name="table">The table that the rows are for; it was set up.</param>
    /// <param name="columns">The columns that batches have, in their order; the table may have more, such as references.</param>
    /// <param name="cancellationToken">Stops it, and later its writers.</param>
    /// <returns>What takes the rows.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public TableStage Stage(SqlTable table, Schema columns, CancellationToken cancellationToken = default)
    {
        RequireOutside("stage rows");
        TableStage stage = EngineRetry.Run(Options, () => MakeStage(table, columns, cancellationToken), cancellationToken);
        _stages.Add(stage);
        return stage;
    }

    /// <summary>Begins the transaction that everything after it belongs to.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">The database refuses.</exception>
    public abstract void Begin(CancellationToken cancellationToken = default);

    /// <summary>Begins a transaction, does some work and commits. After a failure that may pass, such as a deadlock, all of it
    /// is undone and done again: the work must be nothing but calls of this session.</summary>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">The database refuses; nothing has changed then.</exception>
    public void InTransaction(Action work, CancellationToken cancellationToken = default) => EngineRetry.Run(Options, () =>
    {
        Begin(cancellationToken);
        try
        {
            work();
            Commit(cancellationToken);
            return true;
        }
        catch
        {
            Rollback();
            throw;
        }
    }, cancellationToken);

    /// <summary>Makes the staged rows the table's only ones.</summary>
    /// <param name="stage">The staged rows; its writers are complete.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">The database refuses.</exception>
    public virtual void Replace(TableStage stage, CancellationToken cancellationToken = default)
    {
        RequireComplete(stage);
        Execute(new DeleteRows(stage.Table.Name), cancellationToken);
        Execute(Insertion(stage), cancellationToken);
    }

    /// <summary>Takes the staged rows into the table by its key; rows of the table that <paramref name="touched"/> holds
    /// for, and whose key was not staged, are removed.</summary>
    /// <param name="stage">The staged rows; its writers are complete.</param>
    /// <param name="touched">Which of the table's rows the staged ones are all of; null removes none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">The database refuses.</exception>
    public virtual void Merge(TableStage stage, SqlExpression? touched, CancellationToken cancellationToken = default)
    {
        RequireComplete(stage);
        SqlTable table = stage.Table;
        if (table.Key.Count == 0)
        {
            throw new ArgumentException($"Rows are merged by a key, and table '{table.Name}' has none.", nameof(stage));
        }

        if (touched is not null)
        {
            SqlExpression staged = new SqlExists(stage.Name, SqlTerms.All(table.Key.Select(key => SqlTerms.Equal(
                SqlTerms.Column(table, key, stage.Name), SqlTerms.Column(table, key, table.Name)))));
            Execute(new DeleteRows(table.Name, SqlTerms.All([touched, SqlTerms.Not(staged)])), cancellationToken);
        }

        Execute(new UpsertFrom(table, stage.Name, [.. stage.Columns.Columns.Select(column => column.Name)]), cancellationToken);
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public abstract long Execute(SqlStatement statement, CancellationToken cancellationToken = default);

    /// <summary>Runs a query.</summary>
    /// <param name="statement">The query.</param>
    /// <param name="texts">The pool that text columns of the batches go to.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Its rows. One reader is open at a time.</returns>
    /// <exception cref="EngineException">The database refuses, or a value does not fit 128 bits (64 in SQLite).</exception>
    public abstract EngineReader Query(SelectStatement statement, TextPool texts, CancellationToken cancellationToken = default);

    /// <summary>Says how the database would run a query.</summary>
    /// <param name="statement">The query.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Its plan, a line each.</returns>
    /// <exception cref="EngineException">The database refuses.</exception>
    public abstract IReadOnlyList<string> Explain(SelectStatement statement, CancellationToken cancellationToken = default);

    /// <summary>Makes everything since <see cref="Begin"/> visible, together.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EngineException">The database refuses; nothing has changed then, unless the connection was lost at
    /// that moment, which the message says.</exception>
    public abstract void Commit(CancellationToken cancellationToken = default);

    /// <summary>Undoes everything since <see cref="Begin"/>; without a transaction it does nothing. What was staged stays.</summary>
    public abstract void Rollback();

    /// <summary>Ends the session; what was not committed is undone, staging tables are removed, the turn is given back.</summary>
    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the session, as <see cref="Dispose()"/> says.</summary>
    /// <param name="isDisposing">Always true.</param>
    private protected abstract void Dispose(bool isDisposing);

    /// <summary>Adds rows to a table, many at a time.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">The rows, with a value for each of the table's columns; read once.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SqlException">The database cannot hold a value.</exception>
    /// <exception cref="EngineException">The database refuses.</exception>
    internal virtual void Insert(SqlTable table, IEnumerable<IReadOnlyList<SqlValue>> rows, CancellationToken cancellationToken)
    {
        foreach (InsertRows statement in RowBundles.Of(table, rows))
        {
            Execute(statement, cancellationToken);
        }
    }

    /// <summary>The columns that a table has in the database.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Their names; none when there is no such table.</returns>
    internal abstract IReadOnlyList<string> ColumnsOf(string table, CancellationToken cancellationToken);

    /// <summary>Makes a staging table in place of any that is there, committed, and what its writers come from.</summary>
    private protected abstract TableStage MakeStage(SqlTable table, Schema columns, CancellationToken cancellationToken);

    /// <summary>Removes the staging tables of this session; for <see cref="Dispose(bool)"/>, after the roll-back.</summary>
    private protected void DropStages()
    {
        foreach (TableStage stage in _stages)
        {
            Execute(new DropTable(stage.Name), CancellationToken.None);
        }

        _stages.Clear();
    }

    /// <summary>What takes staged rows into a table that has none of their keys.</summary>
    private protected static UpsertFrom Insertion(TableStage stage) => new(
        stage.Table with { Key = [] }, stage.Name, [.. stage.Columns.Columns.Select(column => column.Name)]);

    /// <summary>Takes no rows of writers that are still at work.</summary>
    private protected void RequireComplete(TableStage stage)
    {
        if (stage.IsOpen || !IsInTransaction)
        {
            throw new InvalidOperationException($"The rows staged for '{stage.Table.Name}' are taken over in a transaction, when their writers are complete.");
        }
    }

    /// <summary>What commits by itself has no place in a transaction.</summary>
    private protected void RequireOutside(string what)
    {
        if (IsInTransaction)
        {
            throw new InvalidOperationException($"A session cannot {what} within a transaction.");
        }
    }
}
