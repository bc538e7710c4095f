using System.Data.Common;
using System.Globalization;
using Assay.Data;
using Assay.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Assay.Store;

/// <summary>A session at a PostgreSQL server.</summary>
internal sealed class PostgresSession : ServerSession
{
    /// <summary>The oldest version that PostgreSQL itself still mends, https://www.postgresql.org/support/versioning/.</summary>
    private const int OldestVersion = 14;

    /// <summary>The advisory lock that is a database's turn: "Assay" in ASCII.</summary>
    private const long TurnKey = 0x41_73_73_61_79;

    private readonly NpgsqlDataSource _pool;
    private readonly ServerTarget _target;
    private readonly PostgresSwap _swap;

    public PostgresSession(EngineOptions options, SqlDialect dialect, string owner, NpgsqlConnection connection, NpgsqlDataSource pool, ServerTarget target)
        : base(options, dialect, owner, connection)
    {
        _pool = pool;
        _target = target;
        _swap = new PostgresSwap(this);
    }

    public override string Version
    {
        get
        {
            Version version = ((NpgsqlConnection)Connection).PostgreSqlVersion;
            return string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {version.Major}.{version.Minor}");
        }
    }

    /// <summary>Takes away limits on how long statements may take: loads are long, and what runs them has its own limit.
    /// PostgreSQL's pg_dump does the same.</summary>
    internal static void LiftLimits(NpgsqlConnection connection)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = "SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0";
        command.ExecuteNonQuery();
    }

    internal override EngineException Explain(Exception cause) => PostgresFailures.Explain(cause, _target);

    internal override IReadOnlyList<string> ColumnsOf(string table, CancellationToken cancellationToken)
    {
        RequireOpen(cancellationToken);
        return Rows(
            new SqlText(
                "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
                [SqlValue.Of(Dialect.Quote(table))]),
            row => row.GetString(0),
            cancellationToken);
    }

    public override void Replace(TableStage stage, CancellationToken cancellationToken = default)
    {
        RequireComplete(stage);
        if (!((PostgresStage)stage).CanSwap || !_swap.TryShow(stage, cancellationToken))
        {
            base.Replace(stage, cancellationToken);
        }
    }

    /// <summary>Makes the staged rows the table's only ones, by writing them again.</summary>
    internal void Exchange(TableStage stage, CancellationToken cancellationToken) => base.Replace(stage, cancellationToken);

    public override void Commit(CancellationToken cancellationToken = default)
    {
        IReadOnlyList<TableStage> used = _swap.Finish(cancellationToken);
        base.Commit(cancellationToken);
        _swap.Clear();
        Forget(used);
    }

    public override void Rollback()
    {
        _swap.Clear();
        base.Rollback();
    }

    public override EngineReader Query(SelectStatement statement, TextPool texts, CancellationToken cancellationToken = default)
    {
        var command = (NpgsqlCommand)Command(Dialect.Render(statement));
        try
        {
            // The driver's decimal has 28 digits, numeric 131,072: as text every one of them arrives.
            command.UnknownResultTypeList = [.. statement.Columns.Select(column => column.Value.Type.IsNumeric)];
            return new AdoReader(new AdoRun(this, command, cancellationToken), texts);
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    private protected override string ReadOnlyStatement => "SET default_transaction_read_only = on";

    private protected override bool IsTransient(Exception exception) => PostgresFailures.IsTransient(exception);

    private protected override void Prepare()
    {
        var connection = (NpgsqlConnection)Connection;
        if (connection.PostgreSqlVersion.Major < OldestVersion)
        {
            throw new EngineException(Dialect.Name, $"{_target.Server} is {Version}; PostgreSQL {OldestVersion} or newer is needed");
        }

        // Reported by the server when it is connected to; see "Parameter Status" in its documentation of the protocol.
        string encoding = connection.PostgresParameters.GetValueOrDefault("server_encoding", "");
        if (encoding != "UTF8")
        {
            throw new EngineException(
                Dialect.Name,
                $"database '{_target.Database}' keeps text as {encoding}, which cannot hold all of it; make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0");
        }

        LiftLimits(connection);
    }

    private protected override bool TryTakeTurn()
    {
        using DbCommand command = Command(new SqlText("SELECT pg_try_advisory_lock($1)", [SqlValue.Of(TurnKey)]));
        return command.ExecuteScalar() is true;
    }

    private protected override void GiveTurnBack()
    {
        using DbCommand command = Command(new SqlText("SELECT pg_advisory_unlock_all()", []));
        command.ExecuteNonQuery();
    }

    private protected override TableStage MakeStage(SqlTable table, Schema columns, CancellationToken cancellationToken)
    {
        RequireOpen(cancellationToken);
        CreateTable definition = TableStage.Definition(table, columns);
        string staging = definition.Table.Name;
        Execute(new DropTable(staging), cancellationToken);

        // Rows of a table without a key are always replaced as a whole. What takes the table's place must be logged, as it
        // is; what is only copied from need not be, and loads in two thirds of the time.
        bool canSwap = table.Key.Count == 0 && _swap.IsPossible(table.Name, cancellationToken);
        if (canSwap)
        {
            _swap.MakeStaging(table.Name, staging, cancellationToken);
        }
        else
        {
            Execute(definition, cancellationToken);
        }

        return Staged(new PostgresStage(table, columns, Dialect, _pool, _target, cancellationToken) { CanSwap = canSwap });
    }

    private protected override void Bind(DbParameter parameter, SqlValue value)
    {
        object? bound = Dialect.Parameter(value);
        ((NpgsqlParameter)parameter).NpgsqlDbType = bound switch
        {
            long => NpgsqlDbType.Bigint,
            bool => NpgsqlDbType.Boolean,
            // The statement casts it where it stands for something else.
            _ => NpgsqlDbType.Text,
        };
        parameter.Value = bound ?? DBNull.Value;
    }
}
