using Assay.Sql;
using Npgsql;

namespace Assay.Store;

/// <summary>
/// Puts a staging table in the place of the table it is for, which saves writing every row twice. Until the commit, readers
/// see the old rows and are not held up; the session itself sees the new ones, through a temporary view of the table's name.
/// </summary>
/// <remarks>A table that others build on (views, references, rights that were granted, triggers, …) stays what it is, and
/// its rows are exchanged instead.</remarks>
internal sealed class PostgresSwap(PostgresSession session)
{
    /// <summary>Whether a table may be dropped and another put in its place with nothing lost. What depends on a table is
    /// in pg_depend as 'n', what belongs to it as 'a' or 'i'; see "pg_depend" in PostgreSQL's documentation. A sequence that
    /// belongs to it (serial) would be needed by the copy, too, and so could not go with it.</summary>
    private const string IsFree = """
        SELECT c.relkind = 'r' AND c.relpersistence = 'p' AND NOT c.relispartition AND NOT c.relhassubclass
           AND NOT c.relrowsecurity AND NOT c.relhasrules AND c.reloptions IS NULL AND c.relowner = current_user::regrole
           AND c.relacl IS NOT DISTINCT FROM (SELECT relacl FROM pg_class WHERE oid = to_regclass($2))
           AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL)
           AND current_setting('search_path') !~ 'pg_temp' AND has_database_privilege(current_database(), 'TEMPORARY')
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.deptype = 'n'
             AND ((d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid) OR (d.refclassid = 'pg_type'::regclass AND d.refobjid = c.reltype)))
           AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
             WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.deptype = 'a')
           AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.confrelid = c.oid OR (k.conrelid = c.oid AND k.contype NOT IN ('c', 'f')))
           AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid)
           AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
           AND NOT EXISTS (SELECT FROM pg_publication_rel p WHERE p.prrelid = c.oid)
           AND NOT EXISTS (SELECT FROM pg_description n WHERE n.classoid = 'pg_class'::regclass AND n.objoid = c.oid AND n.objsubid = 0)
          FROM pg_class c WHERE c.oid = to_regclass($1)
        """;

    /// <summary>A table's indexes: name, a name for the meantime, how the definition begins, and the rest of it.</summary>
    private const string Indexes = """
        WITH found AS (
          SELECT i.oid, i.relname, x.indisunique, pg_get_indexdef(i.oid) AS definition,
                 format('CREATE %sINDEX %I ON %I.%I ', CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END, i.relname, n.nspname, t.relname) AS head
            FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
            JOIN pg_namespace n ON n.oid = t.relnamespace
           WHERE x.indrelid = to_regclass($1))
        SELECT relname::text, 'assay_' || oid || '__staging', CASE WHEN indisunique THEN 'CREATE UNIQUE INDEX' ELSE 'CREATE INDEX' END,
               CASE WHEN starts_with(definition, head) THEN substr(definition, length(head) + 1) ELSE '' END
          FROM found ORDER BY relname
        """;

    /// <summary>A table's references to others, which LIKE does not copy.</summary>
    private const string References = """
        SELECT conname::text, pg_get_constraintdef(oid) FROM pg_constraint
         WHERE conrelid = to_regclass($1) AND contype = 'f' ORDER BY conname
        """;

    /// <summary>How long the last readers of a table are waited for.</summary>
    private const string Patience = "2s";

    private readonly List<Pending> _pending = [];

    /// <summary>Whether a staging table could take a table's place.</summary>
    public bool IsPossible(string table, CancellationToken cancellationToken) => IsTrue(IsFree, table, table, cancellationToken);

    /// <summary>Makes a staging table of the same columns.</summary>
    public void MakeStaging(string table, string staging, CancellationToken cancellationToken) =>
        Do($"CREATE TABLE {Quote(staging)} (LIKE {Quote(table)} INCLUDING ALL EXCLUDING INDEXES)", cancellationToken);

    /// <summary>Shows this session the staged rows as the table's.</summary>
    /// <returns>False when the table must stay what it is: since it was staged for, something has come to depend on it.</returns>
    public bool TryShow(TableStage stage, CancellationToken cancellationToken)
    {
        string table = stage.Table.Name;
        if (!IsTrue(IsFree, table, stage.Name, cancellationToken))
        {
            return false;
        }

        List<(string Name, string Meanwhile, string Create, string Definition)> there = session.Rows(
            new SqlText(Indexes, [SqlValue.Of(Quote(table))]),
            row => (row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)),
            cancellationToken);
        if (there.Any(index => index.Definition.Length == 0))
        {
            return false;
        }

        var indexes = new List<(string Name, string Meanwhile)>();
        foreach ((string name, string meanwhile, string create, string definition) in there)
        {
            Do($"{create} {Quote(meanwhile)} ON {Quote(stage.Name)} {definition}", cancellationToken);
            indexes.Add((name, meanwhile));
        }

        foreach ((string name, string definition) in session.Rows(
            new SqlText(References, [SqlValue.Of(Quote(table))]), row => (row.GetString(0), row.GetString(1)), cancellationToken))
        {
            Do($"ALTER TABLE {Quote(stage.Name)} ADD CONSTRAINT {Quote(name)} {definition}", cancellationToken);
        }

        // Temporary relations are found before all others.
        Do($"CREATE TEMPORARY VIEW {Quote(table)} AS SELECT * FROM {Quote(stage.Name)}", cancellationToken);
        _pending.Add(new Pending(stage, indexes));
        return true;
    }

    /// <summary>Puts the staging tables in place; the last thing of a transaction. A table that others are reading all the time
    /// keeps its place, and its rows are exchanged.</summary>
    /// <returns>The stages that are used up.</returns>
    public IReadOnlyList<TableStage> Finish(CancellationToken cancellationToken)
    {
        var used = new List<TableStage>();
        foreach ((TableStage stage, IReadOnlyList<(string Name, string Meanwhile)> indexes) in _pending)
        {
            Do("SAVEPOINT assay_swap", cancellationToken);
            try
            {
                PutInPlace(stage, indexes, cancellationToken);
                used.Add(stage);
            }
            catch (EngineException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
            {
                session.Options.Notify($"postgres: others have been reading table `{stage.Table.Name}` for {Patience}; its rows are exchanged instead of the table, which takes longer");
                Do("ROLLBACK TO SAVEPOINT assay_swap", cancellationToken);
                Do($"DROP VIEW pg_temp.{Quote(stage.Table.Name)}", cancellationToken);
                session.Exchange(stage, cancellationToken);
            }
        }

        return used;
    }

    private void PutInPlace(TableStage stage, IReadOnlyList<(string Name, string Meanwhile)> indexes, CancellationToken cancellationToken)
    {
        string table = Quote(stage.Table.Name);
        Do($"DROP VIEW pg_temp.{table}", cancellationToken);

        // Who reads the table holds it till the end of his transaction, and new readers queue up behind who waits to remove it.
        Do($"SET LOCAL lock_timeout = '{Patience}'", cancellationToken);
        Do($"DROP TABLE {table}", cancellationToken);
        Do("SET LOCAL lock_timeout = 0", cancellationToken);
        Do($"ALTER TABLE {Quote(stage.Name)} RENAME TO {table}", cancellationToken);
        foreach ((string name, string meanwhile) in indexes)
        {
            Do($"ALTER INDEX {Quote(meanwhile)} RENAME TO {Quote(name)}", cancellationToken);
        }
    }

    /// <summary>Forgets what was to be put in place: the transaction has ended.</summary>
    public void Clear() => _pending.Clear();

    private string Quote(string name) => session.Dialect.Quote(name);

    private bool IsTrue(string question, string table, string other, CancellationToken cancellationToken) => session.Rows(
        new SqlText(question, [SqlValue.Of(Quote(table)), SqlValue.Of(Quote(other))]), row => row.GetBoolean(0), cancellationToken) is [true];

    private void Do(string statement, CancellationToken cancellationToken) => session.Execute(new SqlText(statement, []), cancellationToken);

    private sealed record Pending(TableStage Stage, IReadOnlyList<(string Name, string Meanwhile)> Indexes);
}
