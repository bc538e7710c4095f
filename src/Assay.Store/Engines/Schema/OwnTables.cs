using Assay.Data;
using Assay.Sql;

namespace Assay.Store;

/// <summary>The tables that Assay keeps its own books in, in every database, and how older ones become today's.</summary>
internal static class OwnTables
{
    private static readonly ColumnType Text = ColumnType.String;
    private static readonly ColumnType Number = ColumnType.Integer;

    /// <summary>Which versions of these tables were made, and when (UTC).</summary>
    public static SqlTable Migrations { get; } = Table(
        "assay_migrations", ["version"], Required("version", Number), Required("applied_at", ColumnType.Timestamp));

    /// <summary>Who each table belongs to, and whether it is a KPI's.</summary>
    public static SqlTable Tables { get; } = Table(
        "assay_tables", ["table_name"], Required("table_name", Text), Required("owner", Text), Required("kind", Text));

    /// <summary>The types that columns were made for, as pipelines write them: catalogues tell less (SQLite keeps a decimal
    /// without its scale), and each in its own way. <c>key_place</c> counts from 1.</summary>
    public static SqlTable Columns { get; } = Table(
        "assay_columns", ["table_name", "column_name"], Required("table_name", Text), Required("column_name", Text),
        Required("place", Number), Required("type", Text), Required("is_required", ColumnType.Boolean),
        new SqlColumn("key_place", Number), new SqlColumn("refers_to", Text));

    /// <summary>The parts that a table's rows were loaded from, and the hash of each one's content.</summary>
    public static SqlTable Parts { get; } = Table(
        "assay_parts", ["table_name", "part"], Required("table_name", Text), Required("part", Text), Required("content", Text));

    /// <summary>What was published last, a row a KPI.</summary>
    public static SqlTable Summary { get; } = Table(
        "kpi_summary", ["pipeline", "kpi"], Required("pipeline", Text), Required("kpi", Text), Required("run_id", Text),
        Required("calculated_at", ColumnType.Timestamp), Required("parameters", Text), Required("row_count", Number),
        Required("result", Text));

    /// <summary>The type of <c>duration_seconds</c>.</summary>
    public static ColumnType Seconds { get; } = ColumnType.Decimal(12, 3);

    /// <summary>The runs that the database took part in; moments are UTC. Rows are counted when the run came so far.</summary>
    public static SqlTable Runs { get; } = Table(
        "pipeline_runs", ["run_id"], Required("run_id", Text), Required("pipeline", Text), Required("engine", Text),
        Required("started_at", ColumnType.Timestamp), Required("finished_at", ColumnType.Timestamp), Required("status", Text),
        new SqlColumn("rows_read", Number), new SqlColumn("rows_accepted", Number), new SqlColumn("rows_rejected", Number),
        Required("duration_seconds", Seconds));

    /// <summary>All of them; the one that says which there are is the last to go.</summary>
    public static IReadOnlyList<SqlTable> All { get; } = [Runs, Summary, Parts, Columns, Tables, Migrations];

    /// <summary>What each version adds to the one before. Entries are only ever added, and can be repeated.</summary>
    private static CreateTable[][] Steps { get; } =
    [
        [Made(Tables), Made(Columns), Made(Parts), Made(Summary)],
        [Made(Runs)],
    ];

    /// <summary>Whether the database has them.</summary>
    public static bool AreThere(EngineSession session, CancellationToken cancellationToken) =>
        session.ColumnsOf(Tables.Name, cancellationToken).Count > 0;

    /// <summary>Brings them up to date; those that are so already are not written to.</summary>
    /// <exception cref="EngineException">A newer Assay made them.</exception>
    public static void Migrate(EngineSession session, CancellationToken cancellationToken)
    {
        if (session.ColumnsOf(Migrations.Name, cancellationToken).Count == 0)
        {
            session.Execute(Made(Migrations), cancellationToken);
        }

        var versions = new SelectStatement
        {
            Columns = [new SelectColumn("version", SqlTerms.Column(Migrations, "version"))],
            From = new SqlSource(Migrations.Name),
        };
        int version = (int)session.Rows(versions, cancellationToken).Select(row => row[0].Units).DefaultIfEmpty(0).Max();
        if (version > Steps.Length)
        {
            throw new EngineException(session.Dialect.Name, $"a newer Assay made the tables there (their version is {version}, this one knows {Steps.Length}); use that one, or another database");
        }

        for (int step = version; step < Steps.Length; step++)
        {
            foreach (CreateTable statement in Steps[step])
            {
                RequireOwn(session, statement.Table, cancellationToken);
                session.Execute(statement, cancellationToken);
            }

            long now = SqlCells.MicrosecondsOf(session.Options.Time.GetUtcNow().UtcDateTime);
            session.Execute(new InsertRow(
                Migrations.Name, ["version", "applied_at"], [SqlValue.Of(step + 1), new SqlValue(ColumnType.Timestamp, now)]), cancellationToken);
        }
    }

    /// <summary>Takes no other program's table for one of these: one that is there, as a step that was interrupted leaves it, has the same columns.</summary>
    private static void RequireOwn(EngineSession session, SqlTable table, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> there = session.ColumnsOf(table.Name, cancellationToken);
        if (there.Count > 0 && !there.Order(StringComparer.Ordinal).SequenceEqual(table.Columns.Select(column => column.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            throw new EngineException(
                session.Dialect.Name, $"there is a table `{table.Name}` already, and Assay did not make it; rename that one, or use another database");
        }
    }

    /// <summary>All rows of one of them that have a value in a column; all rows without one.</summary>
    public static List<SqlValue[]> Rows(
        EngineSession session, SqlTable table, (string Column, string Value)? only, CancellationToken cancellationToken) =>
        session.Rows(
            new SelectStatement
            {
                Columns = [.. table.Columns.Select(column => new SelectColumn(column.Name, SqlTerms.Column(table, column.Name)))],
                From = new SqlSource(table.Name),
                Where = only is { } wanted ? Is(table, wanted.Column, wanted.Value) : null,
            },
            cancellationToken);

    /// <summary>Removes the rows that have these values.</summary>
    public static void Delete(EngineSession session, SqlTable table, CancellationToken cancellationToken, params IReadOnlyList<(string Column, string Value)> where) =>
        session.Execute(
            new DeleteRows(table.Name, SqlTerms.All(where.Select(one => Is(table, one.Column, one.Value)))), cancellationToken);

    /// <summary>Adds a row; a value each column.</summary>
    public static void Insert(EngineSession session, SqlTable table, CancellationToken cancellationToken, params IReadOnlyList<SqlValue> values) =>
        session.Execute(new InsertRow(table.Name, [.. table.Columns.Select(column => column.Name)], values), cancellationToken);

    private static SqlExpression Is(SqlTable table, string column, string value) =>
        SqlTerms.Equal(SqlTerms.Column(table, column), SqlValue.Of(value));

    private static CreateTable Made(SqlTable table) => new(table) { IfMissing = true };

    private static SqlColumn Required(string name, ColumnType type) => new(name, type, IsRequired: true);

    private static SqlTable Table(string name, IReadOnlyList<string> key, params IReadOnlyList<SqlColumn> columns) =>
        new(name, columns) { Key = key };
}
