using System.Text;
using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>A session at a SQLite file, which has one connection: its users take turns.</summary>
internal sealed class SqliteSession : EngineSession
{
    private readonly SqliteDatabase _database;
    private readonly FileTurn? _turn;
    private SqliteStatement? _last;
    private string? _lastText;
    private bool _isInTransaction;
    private bool _isStaging;
    private bool _isDisposed;

    public SqliteSession(EngineOptions options, SqlDialect dialect, string owner, SqliteDatabase database, FileTurn? turn)
        : base(options, dialect, owner)
    {
        _database = database;
        _turn = turn;
    }

    public override string Version => $"SQLite {SqliteDatabase.Version}";

    public override bool IsInTransaction => _isInTransaction;

    /// <summary>Held by whoever uses the connection.</summary>
    internal Lock Gate { get; } = new();

    public override void Begin(CancellationToken cancellationToken = default)
    {
        RequireOutside("begin a second one");
        lock (Gate)
        {
            EndStaging();
            Run("BEGIN IMMEDIATE", [], cancellationToken);
            _isInTransaction = true;
            // Rows that are referred to may go before those that refer to them; the commit looks. It ends with the transaction.
            Run("PRAGMA defer_foreign_keys = ON", [], cancellationToken);
        }
    }

    public override void Commit(CancellationToken cancellationToken = default)
    {
        if (!_isInTransaction)
        {
            throw new InvalidOperationException("There is no transaction to commit.");
        }

        Run("COMMIT", [], cancellationToken);
        _isInTransaction = false;
    }

    public override void Rollback()
    {
        if (_isInTransaction)
        {
            _isInTransaction = false;
            DropLast();
            // A statement that was interrupted has undone its transaction already.
            if (_database.IsInTransaction)
            {
                _database.Execute("ROLLBACK");
            }
        }
    }

    public override long Execute(SqlStatement statement, CancellationToken cancellationToken = default)
    {
        SqlText text = Dialect.Render(statement);
        lock (Gate)
        {
            Run(text.Text, text.Parameters, cancellationToken);
            return statement is InsertRow or InsertRows or UpdateRows or DeleteRows or UpsertFrom ? _database.Changes : 0;
        }
    }

    public override EngineReader Query(SelectStatement statement, TextPool texts, CancellationToken cancellationToken = default) =>
        Query(Dialect.Render(statement), cancellationToken);

    public override IReadOnlyList<string> Explain(SelectStatement statement, CancellationToken cancellationToken = default)
    {
        SqlText text = Dialect.Render(new Explain(statement));
        var depths = new Dictionary<long, int> { [0] = 0 };
        return Rows(text, row =>
        {
            int depth = depths[row.Number(0)] = depths.GetValueOrDefault(row.Number(1)) + 1;
            return new string(' ', 2 * (depth - 1)) + Encoding.UTF8.GetString(row.Text(3));
        }, cancellationToken);
    }

    /// <summary>Takes over all rows. Indexes are made anew, which is quicker than to keep them up row by row; what has no key,
    /// so that nothing refers to it, and no triggers has its place taken by the staging table, which writes no row again.</summary>
    public override void Replace(TableStage stage, CancellationToken cancellationToken = default)
    {
        RequireComplete(stage);
        // Rows that refer to others of their own table are looked for by an index when these are removed.
        bool isReferredTo = stage.Table.References.Any(reference => reference.Table == stage.Table.Name);
        List<(string Name, string Sql)> indexes = isReferredTo ? [] : Rows(
            new SqlText("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = ?1", [SqlValue.Of(stage.Table.Name)]),
            row => (Encoding.UTF8.GetString(row.Text(0)), Encoding.UTF8.GetString(row.Text(1))),
            cancellationToken);
        foreach ((string name, _) in indexes)
        {
            Run($"DROP INDEX {Dialect.Quote(name)}", [], cancellationToken);
        }

        if (stage.Table.Key.Count == 0 && stage.HasColumns(ColumnsOf(stage.Table.Name, cancellationToken)) && !HasTriggers(stage.Table.Name, cancellationToken))
        {
            TakePlace(stage, cancellationToken);
        }
        else
        {
            base.Replace(stage, cancellationToken);
        }

        foreach ((_, string sql) in indexes)
        {
            Run(sql, [], cancellationToken);
        }
    }

    public override void Merge(TableStage stage, SqlExpression? touched, CancellationToken cancellationToken = default)
    {
        RequireComplete(stage);
        if (touched is not null)
        {
            // What was not staged is found row by row.
            Execute(
                new CreateIndex(stage.Name + "_idx", stage.Name, [.. stage.Table.Key.Select(key => stage.Table.Columns.Single(column => column.Name == key))]),
                cancellationToken);
        }

        base.Merge(stage, touched, cancellationToken);
    }

    internal override IReadOnlyList<string> ColumnsOf(string table, CancellationToken cancellationToken) =>
        Rows(new SqlText("SELECT name FROM pragma_table_info(?1)", [SqlValue.Of(table)]), row => Encoding.UTF8.GetString(row.Text(0)), cancellationToken);

    /// <summary>Makes sure that rows are staged in a transaction; held <see cref="Gate"/>.</summary>
    internal void BeginStaging()
    {
        if (!_isStaging)
        {
            _database.Execute("BEGIN IMMEDIATE");
            _isStaging = true;
        }
    }

    /// <summary>Commits the rows that are staged; held <see cref="Gate"/>.</summary>
    internal void EndStaging()
    {
        if (_isStaging)
        {
            _isStaging = false;
            if (_database.IsInTransaction)
            {
                _database.Execute("COMMIT");
            }
        }
    }

    private protected override TableStage MakeStage(SqlTable table, Schema columns, CancellationToken cancellationToken)
    {
        var stage = new SqliteStage(this, _database, table, columns, cancellationToken);
        lock (Gate)
        {
            EndStaging();
            Execute(new DropTable(stage.Name), cancellationToken);
            Execute(TableStage.Definition(table, columns, takesPlace: table.Key.Count == 0), cancellationToken);
        }

        return stage;
    }

    private protected override void Dispose(bool isDisposing)
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        try
        {
            Rollback();
            lock (Gate)
            {
                EndStaging();
                DropStages();
            }
        }
        catch (EngineException)
        {
            // The file cannot be written any more; the next session removes what was staged.
        }
        finally
        {
            DropLast();
            _database.Dispose();
            _turn?.Dispose();
        }
    }

    /// <summary>Whether somebody gave a table triggers, which would go with it.</summary>
    private bool HasTriggers(string table, CancellationToken cancellationToken) => Rows(
        new SqlText("SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1 LIMIT 1", [SqlValue.Of(table)]), row => row.Number(0), cancellationToken).Count > 0;

    private void TakePlace(TableStage stage, CancellationToken cancellationToken)
    {
        // Otherwise views of the table, which is gone for a moment, would be refused.
        Run("PRAGMA legacy_alter_table = ON", [], cancellationToken);
        Execute(new DropTable(stage.Table.Name), cancellationToken);
        Execute(new RenameTable(stage.Name, stage.Table.Name), cancellationToken);
        Run("PRAGMA legacy_alter_table = OFF", [], cancellationToken);
    }

    /// <summary>Runs a statement to its end.</summary>
    private void Run(string sql, IReadOnlyList<SqlValue> parameters, CancellationToken cancellationToken)
    {
        using var running = new RunningStatement(Options, Dialect.Name, cancellationToken);
        using CancellationTokenRegistration registration = InterruptOn(running.Token);
        lock (Gate)
        {
            // Rows that are inserted one after another differ in their values only, so the statement is kept.
            if (_last is null || _lastText != sql)
            {
                DropLast();
                _last = new SqliteStatement(_database, sql);
                _lastText = sql;
            }

            try
            {
                Bind(_last, parameters);
                while (_last.Step())
                {
                }
            }
            catch (EngineException e) when (running.Ended(e) is { } ended)
            {
                throw ended;
            }
            finally
            {
                _last.Reset();
            }
        }
    }

    private SqliteReader Query(SqlText query, CancellationToken cancellationToken)
    {
        var running = new RunningStatement(Options, Dialect.Name, cancellationToken);
        CancellationTokenRegistration registration = InterruptOn(running.Token);
        SqliteStatement? statement = null;
        try
        {
            lock (Gate)
            {
                statement = new SqliteStatement(_database, query.Text);
                Bind(statement, query.Parameters);
            }

            return new SqliteReader(statement, running, registration);
        }
        catch
        {
            statement?.Dispose();
            registration.Dispose();
            running.Dispose();
            throw;
        }
    }

    /// <summary>The rows of a small query.</summary>
    private List<T> Rows<T>(SqlText query, Func<SqliteStatement, T> row, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (Gate)
        {
            using var statement = new SqliteStatement(_database, query.Text);
            Bind(statement, query.Parameters);
            var rows = new List<T>();
            while (statement.Step())
            {
                rows.Add(row(statement));
            }

            return rows;
        }
    }

    private CancellationTokenRegistration InterruptOn(CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(static database => ((SqliteDatabase)database!).Interrupt(), _database);

    private static void Bind(SqliteStatement statement, IReadOnlyList<SqlValue> parameters)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            SqliteCells.Bind(statement, i + 1, parameters[i]);
        }
    }

    private void DropLast()
    {
        _last?.Dispose();
        _last = null;
        _lastText = null;
    }
}
