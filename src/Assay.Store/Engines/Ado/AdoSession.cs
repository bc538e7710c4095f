using System.Data.Common;
using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>A session through a database's ADO.NET driver. A database's own class says what differs: how it binds a value
/// and reads a cell, which failures pass, how it takes turns and what its catalogue is like.</summary>
internal abstract class AdoSession : EngineSession
{
    private DbTransaction? _transaction;
    private DbCommand? _last;

    private protected AdoSession(EngineOptions options, SqlDialect dialect, string owner, DbConnection connection)
        : base(options, dialect, owner) => Connection = connection;

    public override bool IsInTransaction => _transaction is not null;

    /// <summary>The connection, open.</summary>
    private protected DbConnection Connection { get; }

    public override void Begin(CancellationToken cancellationToken = default)
    {
        RequireOutside("begin a second one");
        cancellationToken.ThrowIfCancellationRequested();
        _transaction = Guard(BeginTransaction);
    }

    public override void Commit(CancellationToken cancellationToken = default)
    {
        DbTransaction transaction = _transaction ?? throw new InvalidOperationException("There is no transaction to commit.");
        cancellationToken.ThrowIfCancellationRequested();
        DropLast();
        Guard(() =>
        {
            transaction.Commit();
            return true;
        });
        transaction.Dispose();
        _transaction = null;
    }

    public override void Rollback()
    {
        if (_transaction is { } transaction)
        {
            _transaction = null;
            DropLast();
            try
            {
                transaction.Rollback();
                transaction.Dispose();
            }
            catch (Exception e) when (IsFailure(e) || e is InvalidOperationException)
            {
                // One whose commit failed has ended already. A transaction that cannot be undone is one that the database has undone, or undoes with the connection.
            }
        }
    }

    public override long Execute(SqlStatement statement, CancellationToken cancellationToken = default) =>
        Execute(Dialect.Render(statement), cancellationToken);

    public override EngineReader Query(SelectStatement statement, TextPool texts, CancellationToken cancellationToken = default)
    {
        DbCommand command = Command(Dialect.Render(statement));
        try
        {
            return MakeReader(new AdoRun(this, command, cancellationToken), texts);
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    public override IReadOnlyList<string> Explain(SelectStatement statement, CancellationToken cancellationToken = default) =>
        Rows(Dialect.Render(new Explain(statement)), PlanLine, cancellationToken);

    /// <summary>Runs a statement as the database takes it.</summary>
    /// <returns>The rows it changed.</returns>
    internal long Execute(SqlText statement, CancellationToken cancellationToken)
    {
        // Rows that are inserted one after another differ in their values only, so the command is kept.
        if (_last is null || _last.CommandText != statement.Text)
        {
            DropLast();
            _last = Command(statement);
        }
        else
        {
            for (int i = 0; i < statement.Parameters.Count; i++)
            {
                Bind(_last.Parameters[i], statement.Parameters[i]);
            }
        }

        _last.Transaction = _transaction;
        using var run = new AdoRun(this, _last, cancellationToken);
        return run.Do(_last.ExecuteNonQuery);
    }

    /// <summary>The rows of a small query.</summary>
    internal List<T> Rows<T>(SqlText query, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        using DbCommand command = Command(query);
        using var run = new AdoRun(this, command, cancellationToken);
        return run.Do(() =>
        {
            var rows = new List<T>();
            using DbDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(row(reader));
            }

            return rows;
        });
    }

    /// <summary>Whether an exception is the driver's, so that <see cref="Explain(Exception)"/> explains it.</summary>
    internal virtual bool IsFailure(Exception exception) => exception is DbException or TimeoutException or IOException;

    /// <summary>Says what a failure of the driver means. Never shows the connection string.</summary>
    internal virtual EngineException Explain(Exception cause) => new(Dialect.Name, cause.Message, cause) { IsTransient = IsTransient(cause) };

    /// <summary>Ends a command that runs; called from another thread.</summary>
    internal virtual void Cancel(DbCommand command) => command.Cancel();

    /// <summary>Whether the same may succeed a little later.</summary>
    private protected virtual bool IsTransient(Exception exception) => exception is DbException { IsTransient: true };

    /// <summary>Begins a transaction.</summary>
    private protected virtual DbTransaction BeginTransaction() => Connection.BeginTransaction();

    /// <summary>Gives a parameter its name, if the driver wants one, type and value.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">The value.</param>
    private protected abstract void Bind(DbParameter parameter, SqlValue value);

    /// <summary>What the driver calls the parameter at a place, from 0; empty where it goes by the place.</summary>
    private protected virtual string ParameterName(int place) => "";

    /// <summary>Makes the reader of a query; ends the run and its command when it fails, or is done.</summary>
    private protected virtual EngineReader MakeReader(AdoRun run, TextPool texts) => new AdoReader(run, texts);

    /// <summary>A line of a plan.</summary>
    private protected virtual string PlanLine(DbDataReader row) => row.GetString(0);

    /// <summary>Runs something of the driver.</summary>
    private protected T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw Explain(e);
        }
    }

    /// <summary>Makes a command of a statement.</summary>
    private protected DbCommand Command(SqlText statement)
    {
        DbCommand command = Connection.CreateCommand();
#pragma warning disable CA2100 // A dialect rendered it: names are quoted and values are parameters.
        command.CommandText = statement.Text;
#pragma warning restore CA2100
        // The run ends what takes too long, the same way for every driver.
        command.CommandTimeout = 0;
        command.Transaction = _transaction;
        for (int i = 0; i < statement.Parameters.Count; i++)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = ParameterName(i);
            Bind(parameter, statement.Parameters[i]);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Undoes what is not committed, removes staging and closes the connection.</summary>
    private protected override void Dispose(bool isDisposing)
    {
        try
        {
            Rollback();
            DropStages();
        }
        catch (EngineException)
        {
            // The connection is gone; the next session removes what was staged.
        }
        finally
        {
            DropLast();
            Connection.Dispose();
        }
    }

    private void DropLast()
    {
        _last?.Dispose();
        _last = null;
    }
}
