using Assay.Data;
using Assay.Measure.Tests.Cases;
using Assay.Sql;
using Assay.Store;
using MySql.Data.MySqlClient;
using Npgsql;

namespace Assay.App.Tests.Engines;

/// <summary>Cases in a real database: tables are set up, loaded and replaced as runs do it, in one session for all of them.</summary>
internal sealed class EngineCases : IDisposable
{
    /// <summary>A MySQL or MariaDB number that leaves its type: "value is out of range in".</summary>
    private const int MySqlOutOfRange = 1690;

    private readonly Engine _engine;
    private readonly EngineSession _session;

    /// <summary>Opens the database.</summary>
    /// <param name="options">Which one.</param>
    public EngineCases(EngineOptions options)
    {
        _engine = Engine.Create(options);

        // With a table of another owner there, Assay's own tables stay when those of a case go.
        using (EngineSession other = _engine.Open("other"))
        {
            other.SetUp([new SqlTable("other", [new SqlColumn("n", ColumnType.Integer)])], []);
        }

        _session = _engine.Open("cases");
        Database = new CaseDatabase(_session.Dialect, Load, Query, IsOverflow);
    }

    public CaseDatabase Database { get; }

    public void Dispose()
    {
        _session.Dispose();
        _engine.Dispose();
    }

    private static bool IsOverflow(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is OverflowException or PostgresException { SqlState: PostgresErrorCodes.NumericValueOutOfRange or PostgresErrorCodes.DatetimeFieldOverflow } or MySqlException { Number: MySqlOutOfRange }
                || cause.Message.Contains("integer overflow", StringComparison.Ordinal)
                || cause.Message.Contains("Out of Range Error", StringComparison.Ordinal)
                || cause.Message.Contains("Conversion Error", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static SqlTable TableOf(CaseTable table) => new(CaseDatabase.TableName(table.Name), [.. table.Schema.Columns.Select(ColumnOf)])
    {
        Key = table.Key is { } key ? [key] : [],
    };

    private static SqlColumn ColumnOf(Column column) => new(column.Name, column.Type);

    private void Load(KpiCase one)
    {
        EngineSchema.Drop(_session);
        _session.SetUp([.. one.Tables.Select(TableOf)], [.. Indexes(one)]);
        TableStage[] stages = [.. one.Tables.Select(Stage)];
        _session.InTransaction(() => Array.ForEach(stages, stage => _session.Replace(stage)));
    }

    /// <summary>What runs have indexes on: columns that are joined by, and times.</summary>
    private static IEnumerable<CreateIndex> Indexes(KpiCase one)
    {
        string table = CaseDatabase.TableName(one.Table.Name);
        return one.Table.Schema.Columns
            .Where(column => one.Definition.Joins.Any(join => join.Column == column.Name) || column.Type.Kind is ColumnKind.Date or ColumnKind.Timestamp)
            .Select((column, i) => new CreateIndex($"ix_{table}_{i}", table, [ColumnOf(column)]));
    }

    private TableStage Stage(CaseTable table)
    {
        TableStage stage = _session.Stage(TableOf(table), table.Schema);
        using RowWriter writer = stage.OpenWriter();
        foreach (RowBatch rows in table.Batches(new TextPool()))
        {
            writer.Add(rows);
        }

        Assert.Equal(table.Rows.Count, writer.Complete());
        return stage;
    }

    private IEnumerable<RowBatch> Query(SelectStatement statement)
    {
        var rows = new RowBatch(statement.Result, new TextPool(), capacity: 50);
        using EngineReader reader = _session.Query(statement, rows.Texts);
        while (reader.Read(rows))
        {
            yield return rows;
        }
    }
}
