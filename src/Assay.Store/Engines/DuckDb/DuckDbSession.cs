using System.Text;
using Assay.Data;
using Assay.DuckDb;
using Assay.Sql;

namespace Assay.Store;

/// <summary>
/// A session at a DuckDB file. Writers have connections of their own, and rows that are appended side by side never
/// hinder one another.
/// </summary>
/// <remarks>
/// Tables have neither keys nor indexes there: DuckDB skips what a condition leaves out by the least and greatest values
/// that it keeps of each row group, while to remove rows that an index has, and add them anew, takes a hundred times as long
/// as without (a million rows: 108 s, and 1 s). Keys are what rows are merged by all the same.
/// </remarks>
internal sealed class DuckDbSession : EngineSession
{
    private readonly DuckDbDatabase _database;
    private readonly DuckDbConnection _connection;
    private readonly FileTurn _turn;
    private DuckDbStatement? _last;
    private string? _lastText;
    private bool _isInTransaction;
    private bool _isDisposed;

    public DuckDbSession(EngineOptions options, string owner, DuckDbDatabase database, FileTurn turn)
        : base(options, DuckDbDialect.Instance, owner)
    {
        _database = database;
        _connection = database.Connect();
        _turn = turn;
    }

    public override string Version => $"DuckDB {DuckDbDatabase.LibraryVersion.TrimStart('v')}";

    public override bool IsInTransaction => _isInTransaction;

    public override void Begin(CancellationToken cancellationToken = default)
    {
        RequireOutside("begin a second one");
        Run(new SqlText("BEGIN TRANSACTION", []), cancellationToken);
        _isInTransaction = true;
    }

    public override void Commit(CancellationToken cancellationToken = default)
    {
        if (!_isInTransaction)
        {
            throw new InvalidOperationException("There is no transaction to commit.");
        }

        Run(new SqlText("COMMIT", []), cancellationToken);
        _isInTransaction = false;
    }

    public override void Rollback()
    {
        if (_isInTransaction)
        {
            _isInTransaction = false;
            DropLast();
            try
            {
                _connection.Execute("ROLLBACK");
            }
            catch (DuckDbException)
            {
                // A commit that failed has undone its transaction already.
            }
        }
    }

    public override long Execute(SqlStatement statement, CancellationToken cancellationToken = default) => statement switch
    {
        CreateIndex => 0,
        CreateTable create => Run(Dialect.Render(create with { Table = WithoutKey(create.Table) }), cancellationToken),
        _ => Run(Dialect.Render(statement), cancellationToken),
    };

    public override EngineReader Query(SelectStatement statement, TextPool texts, CancellationToken cancellationToken = default)
    {
        SqlText text = Dialect.Render(statement);
        var running = new RunningStatement(Options, Dialect.Name, cancellationToken);
        try
        {
            DropLast();
            using DuckDbStatement prepared = Prepare(text);
            return new DuckDbRows(prepared.Query(running.Token), running);
        }
        catch (Exception e) when (e is DuckDbException or OperationCanceledException)
        {
            running.Dispose();
            throw Explained(e, running);
        }
        catch
        {
            running.Dispose();
            throw;
        }
    }

    public override IReadOnlyList<string> Explain(SelectStatement statement, CancellationToken cancellationToken = default) =>
        [.. Texts(Dialect.Render(new Explain(statement)), column: 1, cancellationToken).SelectMany(plan => plan.TrimEnd('\n').Split('\n'))];

    /// <summary>Puts the staging table in the table's place, which writes no row again, unless the table has more columns.</summary>
    public override void Replace(TableStage stage, CancellationToken cancellationToken = default)
    {
        RequireComplete(stage);
        if (!stage.HasColumns(ColumnsOf(stage.Table.Name, cancellationToken)))
        {
            base.Replace(stage, cancellationToken);
            return;
        }

        Execute(new DropTable(stage.Table.Name), cancellationToken);
        Execute(new RenameTable(stage.Name, stage.Table.Name), cancellationToken);
    }

    /// <summary>Appends rows within the transaction, which is quicker than statements with their values as parameters.</summary>
    internal override void Insert(SqlTable table, IEnumerable<IReadOnlyList<SqlValue>> rows, CancellationToken cancellationToken)
    {
        var schema = new Schema([.. table.Columns.Select(column => new Column(column.Name, column.Type))]);
        try
        {
            using DuckDbAppender appender = _connection.OpenAppender(table.Name);
            foreach (IReadOnlyList<SqlValue>[] some in rows.Chunk(DuckDbAppender.MostRows))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var batch = new RowBatch(schema, new TextPool(), some.Length);
                batch.Set(some);
                appender.Append(batch);
            }

            appender.Flush();
        }
        catch (DuckDbException e)
        {
            throw new EngineException(Dialect.Name, e.Message, e);
        }
    }

    internal override IReadOnlyList<string> ColumnsOf(string table, CancellationToken cancellationToken) => Texts(
        new SqlText(
            "SELECT column_name FROM duckdb_columns() WHERE database_name = current_database() AND schema_name = 'main' AND lower(table_name) = lower($1) ORDER BY column_index",
            [SqlValue.Of(table)]),
        column: 0,
        cancellationToken);

    private protected override TableStage MakeStage(SqlTable table, Schema columns, CancellationToken cancellationToken)
    {
        CreateTable definition = TableStage.Definition(table, columns, takesPlace: true);
        Execute(new DropTable(definition.Table.Name), cancellationToken);
        Execute(definition, cancellationToken);
        return new DuckDbStage(_database, table, columns, cancellationToken);
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
            DropStages();
        }
        catch (EngineException)
        {
            // The file cannot be written any more; the next session removes what was staged.
        }
        finally
        {
            DropLast();
            _connection.Dispose();
            _database.Dispose();
            _turn.Dispose();
        }
    }

    /// <summary>What a failure means: that the statement was to end, or what DuckDB says.</summary>
    internal static Exception Explained(Exception cause, RunningStatement running) =>
        running.Ended(cause) ?? new EngineException(DuckDbDialect.Instance.Name, cause.Message, cause);

    private static SqlTable WithoutKey(SqlTable table) => table with
    {
        Columns = [.. table.Columns.Select(column => column with { IsRequired = column.IsRequired || table.Key.Contains(column.Name, StringComparer.Ordinal) })],
        Key = [],
    };

    private long Run(SqlText statement, CancellationToken cancellationToken)
    {
        using var running = new RunningStatement(Options, Dialect.Name, cancellationToken);
        try
        {
            // Rows that are inserted one after another differ in their values only, so the statement is kept.
            if (_last is null || _lastText != statement.Text)
            {
                DropLast();
                _last = _connection.Prepare(statement.Text);
                _lastText = statement.Text;
            }

            return Bind(_last, statement).Execute(running.Token);
        }
        catch (Exception e) when (e is DuckDbException or OperationCanceledException)
        {
            DropLast();
            throw Explained(e, running);
        }
    }

    /// <summary>The texts of a column of a small query.</summary>
    private List<string> Texts(SqlText query, int column, CancellationToken cancellationToken)
    {
        using var running = new RunningStatement(Options, Dialect.Name, cancellationToken);
        try
        {
            var texts = new List<string>();
            using DuckDbStatement statement = Prepare(query);
            using DuckDbReader reader = statement.Query(running.Token);
            while (reader.Read())
            {
                for (int row = 0; row < reader.Count; row++)
                {
                    texts.Add(Encoding.UTF8.GetString(reader[column].Text(row)));
                }
            }

            return texts;
        }
        catch (Exception e) when (e is DuckDbException or OperationCanceledException)
        {
            throw Explained(e, running);
        }
    }

    private DuckDbStatement Prepare(SqlText text)
    {
        DuckDbStatement statement = _connection.Prepare(text.Text);
        try
        {
            return Bind(statement, text);
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    private DuckDbStatement Bind(DuckDbStatement statement, SqlText text)
    {
        for (int i = 0; i < text.Parameters.Count; i++)
        {
            statement.Bind(i + 1, Dialect.Parameter(text.Parameters[i]));
        }

        return statement;
    }

    private void DropLast()
    {
        _last?.Dispose();
        _last = null;
        _lastText = null;
    }
}
