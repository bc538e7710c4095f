using Assay.Data;
using Assay.Sql;

namespace Assay.Store.Tests.Engines;

/// <summary>What every engine does alike. Each test has a database of its own, with nothing in it.</summary>
public abstract partial class EngineContractTests : IDisposable
{
    private EngineOptions? _options;

    /// <summary>The most digits that a decimal's units may have.</summary>
    protected virtual int MostDigits => 38;

    /// <summary>Whether the database itself refuses references to rows that are not there.</summary>
    protected virtual bool ChecksReferences => true;

    /// <summary>Whether the database is read while another session writes to it.</summary>
    protected virtual bool ReadsBesideRuns => true;

    /// <summary>Whether texts may have a NUL byte.</summary>
    protected virtual bool HoldsNul => true;

    /// <summary>Whether something there may have a name; where not, statements with it are refused before they are run.</summary>
    protected virtual bool CanName(string name) => true;

    private protected static SqlTable Orders { get; } = new("orders", [
        new SqlColumn("order_id", ColumnType.String, IsRequired: true),
        new SqlColumn("day", ColumnType.Date),
        new SqlColumn("total", ColumnType.Decimal(12, 2)),
    ])
    {
        Key = ["order_id"],
    };

    private protected List<string> Notes { get; } = [];

    private protected EngineOptions Options => _options ??= NewDatabase() with { Notify = Note };

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes an empty database, and says how to reach it.</summary>
    protected abstract EngineOptions NewDatabase();

    /// <summary>Removes the database.</summary>
    protected abstract void Dispose(bool isDisposing);

    private protected EngineSession Open(string owner = "shop") => Engine.Create(Options).Open(owner);

    private protected static object?[] Order(string id, int day, Int128 total) => [id, new DateOnly(2024, 1, day), total];

    private protected static TableStage Staged(EngineSession session, SqlTable table, params IReadOnlyList<object?[]> rows)
    {
        Schema schema = EngineRows.SchemaOf(table);
        TableStage stage = session.Stage(table, schema);
        using RowWriter writer = stage.OpenWriter();
        if (rows.Count > 0)
        {
            writer.Add(EngineRows.Batch(schema, rows));
        }

        Assert.Equal(rows.Count, writer.Complete());
        return stage;
    }

    /// <summary>Sets a table up and makes these its rows.</summary>
    private protected static void Load(EngineSession session, SqlTable table, params IReadOnlyList<object?[]> rows)
    {
        session.SetUp([table], []);
        TableStage stage = Staged(session, table, rows);
        session.InTransaction(() => session.Replace(stage));
    }

    private protected static string Rows(EngineSession session, SqlTable table) => EngineRows.Text(EngineRows.All(session, table));

    private void Note(string note)
    {
        lock (Notes)
        {
            Notes.Add(note);
        }
    }
}
