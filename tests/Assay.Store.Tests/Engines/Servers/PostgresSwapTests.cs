using System.Data.Common;
using Assay.Data;
using Assay.Sql;

namespace Assay.Store.Tests.Engines;

/// <summary>A staging table takes a table's place where nothing is lost by it.</summary>
[NeedsServer(EngineKind.Postgres)]
public sealed class PostgresSwapTests : IDisposable
{
    private static readonly SqlTable Visits = ServerRows.Visits;

    private static readonly CreateIndex[] Indexes =
    [
        new("visits_order_id_idx", "visits", [Visits.Columns[0]]),
        new("odd \" USING name", "visits", [Visits.Columns[1], Visits.Columns[0]]),
    ];

    private readonly Lazy<PostgresDatabase> _database = new(() => new PostgresDatabase());

    private PostgresDatabase Database => _database.Value;

    public void Dispose()
    {
        if (_database.IsValueCreated)
        {
            Database.Dispose();
        }
    }

    [EngineFact]
    public void Replace_WhenNothingDependsOnTheTable_ThenAnotherTakesItsPlaceWithItsIndexes()
    {
        using EngineSession session = Open();
        ServerRows.Load(session, Visits, 10, Indexes);
        string indexes = IndexNames();
        object? before = Database.Run("SELECT 'visits'::regclass::oid");

        ServerRows.Load(session, Visits, 20, Indexes);

        Assert.NotEqual(before, Database.Run("SELECT 'visits'::regclass::oid"));
        Assert.Equal(20L, Database.Run("SELECT count(*) FROM visits"));
        Assert.Equal("odd \" USING name,visits_order_id_idx", indexes);
        Assert.Equal(indexes, IndexNames());
        Assert.Equal("p", Database.Run("SELECT relpersistence::text FROM pg_class WHERE oid = 'visits'::regclass"));
        Assert.Equal("order_id text C true", Database.Run(
            """
            SELECT concat_ws(' ', attname, format_type(atttypid, atttypmod), collname, attnotnull::text)
            FROM pg_attribute JOIN pg_collation c ON c.oid = attcollation WHERE attrelid = 'visits'::regclass AND attnum = 1
            """));
    }

    [EngineFact]
    public void Commit_WhenAReaderKeepsTheTable_ThenItsRowsAreExchangedAndTheReaderIsNotWaitedFor()
    {
        var notes = new List<string>();
        using var engine = Engine.Create(Database.Options with { Notify = notes.Add });
        using EngineSession session = engine.Open("shop");
        ServerRows.Load(session, Visits, 10, Indexes);
        object? before = Database.Run("SELECT 'visits'::regclass::oid");
        using DbConnection reader = Database.Open();
        ServerDatabase.Run(reader, "BEGIN ISOLATION LEVEL REPEATABLE READ");
        Assert.Equal(10L, ServerDatabase.Run(reader, "SELECT count(*) FROM visits"));

        ServerRows.Load(session, Visits, 20, Indexes);

        Assert.Equal(10L, ServerDatabase.Run(reader, "SELECT count(*) FROM visits"));
        ServerDatabase.Run(reader, "COMMIT");
        Assert.Equal(20L, ServerDatabase.Run(reader, "SELECT count(*) FROM visits"));
        Assert.Equal(20, ServerRows.Count(session, Visits));
        Assert.Equal(before, Database.Run("SELECT 'visits'::regclass::oid"));
        Assert.Equal("odd \" USING name,visits_order_id_idx", IndexNames());
        Assert.Contains("others have been reading table `visits` for 2s", Assert.Single(notes), StringComparison.Ordinal);
    }

    [EngineFact]
    public void Replace_WhenNotCommitted_ThenReadersAreNotHeldUpAndSeeTheOldRows()
    {
        using EngineSession session = Open();
        ServerRows.Load(session, Visits, 10);
        TableStage stage = ServerRows.Staged(session, Visits, 30);
        using DbConnection reader = Database.Open();
        ServerDatabase.Run(reader, "SET lock_timeout = '5s'");

        session.Begin();
        session.Replace(stage);
        Assert.Equal(30, ServerRows.Count(session, Visits));
        Assert.Equal(10L, ServerDatabase.Run(reader, "SELECT count(*) FROM visits"));
        session.Commit();

        Assert.Equal(30L, ServerDatabase.Run(reader, "SELECT count(*) FROM visits"));
        Assert.Equal(30, ServerRows.Count(session, Visits));
    }

    [EngineTheory]
    [InlineData("CREATE VIEW report AS SELECT count(*) AS n FROM visits", "SELECT n FROM report")]
    [InlineData("GRANT SELECT ON visits TO PUBLIC", "SELECT count(*) FROM visits, information_schema.table_privileges WHERE table_name = 'visits' AND grantee = 'PUBLIC'")]
    [InlineData("GRANT SELECT (order_id) ON visits TO PUBLIC", "SELECT count(*) FROM visits, information_schema.column_privileges WHERE table_name = 'visits' AND grantee = 'PUBLIC'")]
    [InlineData("ALTER TABLE visits ADD COLUMN number bigserial", "SELECT count(DISTINCT number) FROM visits")]
    [InlineData("CREATE RULE gone AS ON DELETE TO visits DO ALSO NOTIFY gone", "SELECT count(*) FROM visits, pg_rules WHERE tablename = 'visits'")]
    [InlineData("ALTER TABLE visits ADD UNIQUE (order_id)", "SELECT count(*) FROM visits, pg_constraint WHERE conrelid = 'visits'::regclass AND contype = 'u'")]
    [InlineData("COMMENT ON TABLE visits IS 'mine'", "SELECT count(*) FROM visits WHERE obj_description('visits'::regclass) = 'mine'")]
    public void Replace_WhenSomethingDependsOnTheTable_ThenTheTableStaysAndItsRowsAreExchanged(string dependence, string question)
    {
        using EngineSession session = Open();
        ServerRows.Load(session, Visits, 10, Indexes);
        TableStage staged = ServerRows.Staged(session, Visits, 15);
        Database.Run(dependence);
        object? before = Database.Run("SELECT 'visits'::regclass::oid");

        // Staged before, and staged after, something came to depend on it.
        session.InTransaction(() => session.Replace(staged));
        Assert.Equal(15L, Database.Run(question));
        ServerRows.Load(session, Visits, 20, Indexes);

        Assert.Equal(20L, Database.Run(question));
        Assert.Equal(before, Database.Run("SELECT 'visits'::regclass::oid"));
    }

    [EngineFact]
    public void Replace_WhenTheTableRefersToAnother_ThenStillDoesAfterwards()
    {
        SqlTable lines = new("lines", [new SqlColumn("order_id", ColumnType.String), new SqlColumn("orders_order_id", ColumnType.String)])
        {
            References = [new SqlReference("orders_order_id", "order_id", "orders", "order_id")],
        };
        using EngineSession session = Open();
        ServerRows.Load(session, ServerRows.Orders, 10);
        session.SetUp([ServerRows.Orders, lines], []);
        for (int run = 0; run < 2; run++)
        {
            TableStage stage = session.Stage(lines, EngineRows.SchemaOf(lines));
            using (RowWriter writer = stage.OpenWriter())
            {
                writer.Add(EngineRows.Batch(stage.Columns, [ServerRows.Id(3)], ["ghost"]));
                writer.Complete();
            }

            session.InTransaction(() =>
            {
                session.Replace(stage);
                Assert.Equal(1, EngineReferences.Link(session, [lines])[0].Orphans);
            });
        }

        Assert.Equal(1L, Database.Run("SELECT count(*) FROM lines WHERE orders_order_id IS NOT NULL"));
        Assert.Throws<Npgsql.PostgresException>(() => Database.Run("UPDATE lines SET orders_order_id = 'ghost'"));
    }

    private EngineSession Open() => Engine.Create(Database.Options).Open("shop");

    private string IndexNames() => (string)Database.Run(
        "SELECT string_agg(indexname, ',' ORDER BY indexname COLLATE \"C\") FROM pg_indexes WHERE tablename = 'visits'")!;
}
