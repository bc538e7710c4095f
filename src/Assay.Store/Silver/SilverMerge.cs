using System.Globalization;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>One merge of staged rows with a table's files.</summary>
/// <remarks>
/// Staged rows have the columns <c>c0</c> … with their place in the input as <c>s</c> and their partition as <c>p</c>.
/// Stored rows are told by their file's place <c>f</c> and their row in it <c>r</c>.
/// </remarks>
internal sealed class SilverMerge : IDisposable
{
    private readonly SilverWorkspace _workspace;
    private readonly SilverTable _table;
    private readonly IReadOnlyList<string> _stages;
    private readonly string _incoming;
    private readonly string _dropped;
    private readonly string _matched;
    private readonly string _removed;
    private readonly string _equals;
    private readonly int[] _all;
    private readonly int[] _key;
    private readonly int _newest;
    private readonly DuckDbConnection _connection;

    public SilverMerge(SilverWorkspace workspace, SilverTable table, string prefix, IReadOnlyList<string> stages, bool hasNullKeys)
    {
        _workspace = workspace;
        _table = table;
        _stages = stages;
        _incoming = prefix + "incoming";
        _dropped = prefix + "dropped";
        _matched = prefix + "matched";
        _removed = prefix + "removed";
        // Only plain equality lets DuckDB leave out row groups whose keys lie elsewhere.
        _equals = hasNullKeys ? "IS NOT DISTINCT FROM" : "=";
        _all = [.. Enumerable.Range(0, table.Schema.Columns.Count)];
        _key = [.. table.Key.Select(table.Schema.IndexOf)];
        _newest = table.Newest is null ? -1 : table.Schema.IndexOf(table.Newest);
        _connection = workspace.Database.Connect();
    }

    public SilverChange Run(IReadOnlyCollection<long> droppedSequences, bool replaceAll, CancellationToken cancellationToken)
    {
        SilverSnapshot published = SilverSnapshot.Current(_workspace.Home, _table.Name);
        var stored = StoredFiles.Open(
            _connection, _workspace.Home, replaceAll ? published with { Files = [] } : published, _table.Schema, cancellationToken);
        int[] partitions = [.. stored.Files.Select(PartitionOf)];
        if (_stages.Count > 0)
        {
            string union = string.Join(" UNION ALL ", _stages.Select(stage => $"SELECT * FROM {stage}"));
            _connection.Execute($"CREATE VIEW {_incoming} AS {union}", cancellationToken);
            Drop(droppedSequences, cancellationToken);
        }

        MatchCounts counts = _stages.Count > 0 && _key.Length > 0 && stored.Files.Count > 0
            ? Match(stored, cancellationToken)
            : new MatchCounts(0, 0, new Dictionary<int, long>());
        Dictionary<int, long> incoming = _stages.Count == 0 ? [] : Counts($"SELECT p, count(*) FROM {_incoming} GROUP BY p", cancellationToken);

        var plan = new SilverPlan(_workspace, _table, published, stored, partitions, incoming, counts.Removed);
        new PartitionWriter(_workspace, _table, stored, _incoming, _removed).Write(plan, cancellationToken);

        long inserted = incoming.Values.Sum();
        long replaced = counts.Removed.Values.Sum();
        return plan.ToChange(inserted - replaced, replaced, counts.Unchanged, counts.KeptExisting);
    }

    public void Dispose()
    {
        _connection.Execute($"DROP VIEW IF EXISTS {_incoming}");
        foreach (string table in new[] { _dropped, _matched, _removed }.Concat(_stages))
        {
            _connection.Execute($"DROP TABLE IF EXISTS {table}");
        }

        _connection.Dispose();
    }

    private int PartitionOf(StoredFile file)
    {
        string below = file.Path[(_workspace.Home.Relative(_workspace.Home.Silver(_table.Name)).Length + 1)..];
        return SilverPartition.Parse(_table, below) ?? throw new StoreException(
            file.Full, $"{file.Path} does not follow the partitions that {_table.Name} has now; run again with --full-refresh");
    }

    private void Drop(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken)
    {
        if (sequences.Count == 0)
        {
            return;
        }

        _connection.Execute($"CREATE TABLE {_dropped} (s BIGINT)", cancellationToken);
        using (DuckDbAppender appender = _connection.OpenAppender(_dropped))
        {
            foreach (long[] some in sequences.Chunk(DuckDbAppender.MostRows))
            {
                appender.Begin(some.Length);
                appender.Set(0, some);
                appender.End();
            }

            appender.Flush();
        }

        DeleteStaged($"SELECT s FROM {_dropped}", cancellationToken);
    }

    private void DeleteStaged(string sequences, CancellationToken cancellationToken)
    {
        foreach (string stage in _stages)
        {
            _connection.Execute($"DELETE FROM {stage} WHERE s IN ({sequences})", cancellationToken);
        }
    }

    /// <summary>Finds the stored rows whose key comes again. Incoming rows that change nothing are dropped, and the
    /// stored rows that the others take the place of are noted.</summary>
    private MatchCounts Match(StoredFiles stored, CancellationToken cancellationToken)
    {
        int[] needed = _newest < 0 ? _key : [.. _key.Append(_newest).Distinct()];
        string on = string.Join(" AND ", _key.Select(c => $"e.{StoredFiles.Name(c)} {_equals} i.{StoredFiles.Name(c)}"));
        string stays = _newest < 0
            ? "false"
            : string.Format(CultureInfo.InvariantCulture, "coalesce(e.c{0} > i.c{0}, e.c{0} IS NOT NULL AND i.c{0} IS NULL)", _newest);
        string files = stored.Select(Enumerable.Range(0, stored.Files.Count), needed);
        _connection.Execute(
            $"CREATE TABLE {_matched} AS SELECT e.f, e.r, i.s, {stays} AS stays, false AS same FROM ({files}) e JOIN {_incoming} i ON {on}",
            cancellationToken);
        int[] touched = [.. Counts($"SELECT f, count(*) FROM {_matched} GROUP BY f", cancellationToken).Keys.Order()];
        if (touched.Length == 0)
        {
            return new MatchCounts(0, 0, new Dictionary<int, long>());
        }

        string same = string.Join(" AND ", _all.Select(c => $"e.{StoredFiles.Name(c)} IS NOT DISTINCT FROM i.{StoredFiles.Name(c)}"));
        long unchanged = _connection.Execute(
            $"UPDATE {_matched} SET same = true WHERE NOT stays AND s IN (SELECT m.s FROM {_matched} m "
            + $"JOIN ({stored.Select(touched, _all)}) e ON e.f = m.f AND e.r = m.r JOIN {_incoming} i ON i.s = m.s WHERE {same})",
            cancellationToken);
        long kept = _connection.QueryInteger($"SELECT count(*) FROM {_matched} WHERE stays", cancellationToken) ?? 0;
        if (unchanged + kept > 0)
        {
            DeleteStaged($"SELECT s FROM {_matched} WHERE stays OR same", cancellationToken);
        }

        _connection.Execute($"CREATE TABLE {_removed} AS SELECT f, r FROM {_matched} WHERE NOT stays AND NOT same", cancellationToken);
        return new MatchCounts(unchanged, kept, Counts($"SELECT f, count(*) FROM {_removed} GROUP BY f", cancellationToken));
    }

    private Dictionary<int, long> Counts(string sql, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<int, long>();
        using DuckDbReader reader = _connection.Query(sql, cancellationToken);
        while (reader.Read())
        {
            for (int i = 0; i < reader.Count; i++)
            {
                counts[(int)reader[0].Number(i)] = (long)reader[1].Number(i);
            }
        }

        return counts;
    }

    /// <param name="Unchanged">Rows that are stored already, in every column.</param>
    /// <param name="KeptExisting">Rows that are older than the stored ones.</param>
    /// <param name="Removed">By file, how many stored rows others take the place of.</param>
    private readonly record struct MatchCounts(long Unchanged, long KeptExisting, IReadOnlyDictionary<int, long> Removed);
}
