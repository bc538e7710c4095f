using System.Data.Common;
using System.Globalization;
using Assay.Data;
using Assay.Sql;
using MySql.Data.MySqlClient;

namespace Assay.Store;

/// <summary>A session at a MySQL or MariaDB server.</summary>
internal sealed class MySqlSession : ServerSession
{
    /// <summary>Locks of that name are the whole server's, and have at most 64 characters.</summary>
    private const string TurnName = "CONCAT('assay:', MD5(DATABASE()))";

    private readonly MySqlProduct _product;
    private readonly ServerTarget _target;
    private readonly string _writers;
    private readonly MySqlWatch _watch;

    /// <summary>Makes a session; <see cref="ServerSession.Open"/> opens it.</summary>
    /// <param name="options">How the database is used.</param>
    /// <param name="owner">What writes.</param>
    /// <param name="connection">The session's connection.</param>
    /// <param name="product">What the server is.</param>
    /// <param name="writers">The connection string of writers.</param>
    /// <param name="target">Where the server is.</param>
    public MySqlSession(
        EngineOptions options, string owner, MySqlConnection connection, MySqlProduct product, string writers, ServerTarget target)
        : base(options, product.Dialect, owner, connection)
    {
        _product = product;
        _writers = writers;
        _target = target;
        _watch = Watch();
    }

    public override string Version => _product.ToString();

    /// <summary>Tables are made before the transaction: these databases commit when one is made or removed.</summary>
    internal override bool HasTransactionalTables => false;

    /// <summary>A connection for a writer, to be opened and pinned.</summary>
    internal MySqlConnection WriterConnection() => new(_writers);

    /// <summary>Watches one of its connections.</summary>
    internal MySqlWatch Watch() => new(Options, _writers);

    /// <summary>Sets on a connection what results depend on, whatever the server's own settings are.</summary>
    internal void Pin(MySqlConnection connection)
    {
        // Limits on how long statements may take, and connections be silent, are for others: loads are long, and have a limit
        // of their own.
        string[] limits =
        [
            "SET SESSION autocommit = 1, SESSION foreign_key_checks = 1, SESSION unique_checks = 1, SESSION sql_safe_updates = 0",
            "SET SESSION sql_select_limit = DEFAULT, SESSION sql_auto_is_null = 0",
            "SET SESSION wait_timeout = 28800, SESSION net_read_timeout = 600, SESSION net_write_timeout = 600",
            _product.IsMariaDb ? "SET SESSION max_statement_time = 0" : "SET SESSION max_execution_time = 0",
        ];
        foreach (string setting in Dialect.SessionStatements.Concat(limits))
        {
            using MySqlCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this room and of the dialect.
            command.CommandText = setting;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Begins a transaction, before which staging tables get an index of their key: rows of a table are looked for
    /// there one by one, and an index is made faster of all rows than row by row.</summary>
    public override void Begin(CancellationToken cancellationToken = default)
    {
        RequireOpen(cancellationToken);
        foreach (MySqlStage stage in Stages.Cast<MySqlStage>().Where(stage => !stage.IsIndexed && !stage.IsOpen && stage.Table.Key.Count > 0))
        {
            SqlColumn[] key = [.. stage.Table.Key.Select(name => stage.Table.Columns.Single(column => column.Name == name))];
            Execute(new CreateIndex("assay_key", stage.Name, key), cancellationToken);
            stage.IsIndexed = true;
        }

        base.Begin(cancellationToken);
    }

    /// <summary>Commits; tables that were promised another's place take it right after. When that fails, the next session does it.</summary>
    public override void Commit(CancellationToken cancellationToken = default)
    {
        base.Commit(cancellationToken);
        if (OwnTables.AreThere(this, CancellationToken.None))
        {
            _ = EngineRetry.Run(
                Options,
                () =>
                {
                    EngineExchange.Finish(this, CancellationToken.None);
                    return true;
                },
                CancellationToken.None);
        }
    }

    /// <summary>Makes the staged rows the table's only ones. By key, where there is one, rows that stay are not removed first,
    /// so that what refers to them keeps doing so.</summary>
    public override void Replace(TableStage stage, CancellationToken cancellationToken = default)
    {
        if (stage.Table.Key.Count > 0)
        {
            Merge(stage, SqlTerms.Equal(SqlValue.Of(1), SqlValue.Of(1)), cancellationToken);
        }
        else
        {
            base.Replace(stage, cancellationToken);
        }
    }

    public override long Execute(SqlStatement statement, CancellationToken cancellationToken = default)
    {
        try
        {
            return base.Execute(statement, cancellationToken);
        }
        catch (EngineException e) when (statement is CreateIndex && MySqlFailures.IsIndexThere(e.InnerException))
        {
            // MySQL cannot be told to leave out an index that is there.
            return 0;
        }
    }

    internal override EngineException Explain(Exception cause) => MySqlFailures.Explain(cause, _target);

    internal override IReadOnlyList<string> ColumnsOf(string table, CancellationToken cancellationToken)
    {
        RequireOpen(cancellationToken);
        try
        {
            return [.. Columns(table, cancellationToken).Select(column => column.Name)];
        }
        catch (EngineException e) when (MySqlFailures.IsTableMissing(e.InnerException))
        {
            return [];
        }
    }

    /// <summary>Whether the driver failed; it does not look at what it gets for a statement that another connection ended.</summary>
    internal override bool IsFailure(Exception exception) =>
        base.IsFailure(exception) || exception is NullReferenceException { Source: "MySql.Data" };

    private protected override string ReadOnlyStatement => "SET SESSION TRANSACTION READ ONLY";

    internal override T Wait<T>(Func<T> work) => _watch.Wait(work);

    private protected override void Dispose(bool isDisposing)
    {
        try
        {
            base.Dispose(isDisposing);
        }
        finally
        {
            _watch.Dispose();
        }
    }

    private protected override bool IsTransient(Exception exception) => MySqlFailures.IsTransient(exception);

    private protected override void Prepare()
    {
        _watch.Watch((MySqlConnection)Connection);
        Pin((MySqlConnection)Connection);
        if (IsReading)
        {
            return;
        }

        using DbCommand command = Command(new SqlText("SELECT @@local_infile", []));
        if (Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) == 0)
        {
            throw new EngineException(
                Dialect.Name, $"{_target.Server} does not allow LOAD DATA LOCAL, by which rows are loaded; set local_infile=1 there (SET GLOBAL local_infile = 1)");
        }
    }

    private protected override bool TryTakeTurn() => Ask($"SELECT GET_LOCK({TurnName}, 0)") == 1;

    private protected override void GiveTurnBack() => Ask($"SELECT RELEASE_LOCK({TurnName})");

    private protected override TableStage MakeStage(SqlTable table, Schema columns, CancellationToken cancellationToken)
    {
        RequireOpen(cancellationToken);
        CreateTable definition = TableStage.Definition(table, columns);
        Execute(new DropTable(definition.Table.Name), cancellationToken);
        Execute(definition, cancellationToken);
        return Staged(new MySqlStage(table, columns, this, cancellationToken) { Limits = Limits(definition.Table.Name, columns, cancellationToken) });
    }

    private protected override EngineReader MakeReader(AdoRun run, TextPool texts) => new MySqlReader(run, texts);

    private protected override string PlanLine(DbDataReader row) => string.Join(
        "  ", Enumerable.Range(0, row.FieldCount).Where(i => !row.IsDBNull(i)).Select(i => $"{row.GetName(i)}: {row.GetValue(i)}"));

    private protected override string ParameterName(int place) => string.Create(CultureInfo.InvariantCulture, $"@p{place + 1}");

    private protected override void Bind(DbParameter parameter, SqlValue value)
    {
        object? bound = Dialect.Parameter(value);
        ((MySqlParameter)parameter).MySqlDbType = bound is long ? MySqlDbType.Int64 : MySqlDbType.LongText;
        parameter.Value = bound ?? DBNull.Value;
    }

    private long Ask(string question)
    {
        using DbCommand command = Command(new SqlText(question, []));
        return command.ExecuteScalar() is { } answer and not DBNull ? Convert.ToInt64(answer, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>A table's columns. The catalogue's own tables compare names without regard to case; this asks as statements do.</summary>
    private List<(string Name, string Type)> Columns(string table, CancellationToken cancellationToken) => Rows(
        new SqlText($"SHOW COLUMNS FROM {Dialect.Quote(table)}", []), row => (row.GetString(0), row.GetString(1)), cancellationToken);

    /// <summary>The most characters that each column of a table takes, where that is few enough to be met.</summary>
    private int[] Limits(string table, Schema columns, CancellationToken cancellationToken)
    {
        const string Limited = "varchar(";
        var types = Columns(table, cancellationToken).ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        return [.. columns.Columns.Select(column => types[column.Name]).Select(type => !type.StartsWith(Limited, StringComparison.Ordinal)
            ? 0
            : int.Parse(type.AsSpan(Limited.Length, type.IndexOf(')', StringComparison.Ordinal) - Limited.Length), CultureInfo.InvariantCulture))];
    }
}
