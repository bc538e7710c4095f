using System.Globalization;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>Writes the files of a merge, hidden, several at a time.</summary>
/// <remarks>
/// Each file is one query with an order of its own, so that its bytes depend on its rows alone. When there are many,
/// a query must not look through all incoming rows: these are first copied, some partitions at a time, into small
/// tables. With the square root of the partitions in each, every row is looked at about twice that often.
/// </remarks>
internal sealed class PartitionWriter
{
    /// <summary>Up to here, looking through all rows for each partition costs less than copying them.</summary>
    private const int FewPartitions = 32;

    private readonly SilverWorkspace _workspace;
    private readonly SilverTable _table;
    private readonly StoredFiles _stored;
    private readonly string _incoming;
    private readonly string _removed;
    private readonly int[] _all;
    private readonly string _cells;

    /// <param name="workspace">Where the run works.</param>
    /// <param name="table">The table.</param>
    /// <param name="stored">Its files.</param>
    /// <param name="incoming">The view of the incoming rows.</param>
    /// <param name="removed">The table of the stored rows that others take the place of.</param>
    public PartitionWriter(SilverWorkspace workspace, SilverTable table, StoredFiles stored, string incoming, string removed)
    {
        _workspace = workspace;
        _table = table;
        _stored = stored;
        _incoming = incoming;
        _removed = removed;
        _all = [.. Enumerable.Range(0, table.Schema.Columns.Count)];
        _cells = string.Join(", ", _all.Select(StoredFiles.Name));
    }

    /// <summary>The columns that a table's rows are ordered by: its key, or all.</summary>
    public static int[] Order(SilverTable table) =>
        table.Key.Count > 0 ? [.. table.Key.Select(table.Schema.IndexOf)] : [.. Enumerable.Range(0, table.Schema.Columns.Count)];

    /// <summary>Writes a plan's files and waits until they are on the disk; when that fails, none is left.</summary>
    public void Write(SilverPlan plan, CancellationToken cancellationToken)
    {
        var files = new PlannedFiles(_workspace, _table, plan);
        files.Write(() => WriteAll(files, plan, cancellationToken));
    }

    private void WriteAll(PlannedFiles files, SilverPlan plan, CancellationToken cancellationToken)
    {
        using DuckDbConnection connection = _workspace.Database.Connect();
        string group = _incoming + "_group";
        bool copies = plan.Writes.Count(w => w.Incoming > 0) > FewPartitions;
        int size = copies ? (int)Math.Ceiling(Math.Sqrt(plan.Writes.Count)) : Math.Max(plan.Writes.Count, 1);
        foreach (PartitionWrite[] some in plan.Writes.Chunk(size))
        {
            string source = _incoming;
            if (copies && some.Any(w => w.Incoming > 0))
            {
                source = group;
                connection.Execute(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"CREATE TABLE {group} AS SELECT {_cells}, p FROM {_incoming} WHERE p BETWEEN {some[0].Partition} AND {some[^1].Partition}"),
                    cancellationToken);
            }

            files.Each(some, () => new Writer(this, source, cancellationToken));
            connection.Execute($"DROP TABLE IF EXISTS {group}", cancellationToken);
        }
    }

    private string QueryOf(PartitionWrite write, string source)
    {
        var sources = new List<string>(2);
        if (write.Incoming > 0)
        {
            sources.Add(string.Create(CultureInfo.InvariantCulture, $"SELECT {_cells} FROM {source} WHERE p = {write.Partition}"));
        }

        if (write.File is { } file && write.Stays > 0)
        {
            string rows = $"SELECT {_cells} FROM ({_stored.Select([file], _all)}) e";
            sources.Add(write.Removed > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{rows} ANTI JOIN (SELECT r FROM {_removed} WHERE f = {file}) x ON e.r = x.r")
                : rows);
        }

        IEnumerable<string> order = Order(_table).Select(column => $"{StoredFiles.Name(column)} ASC NULLS LAST");
        return $"SELECT {_cells} FROM ({string.Join(" UNION ALL ", sources)}) ORDER BY {string.Join(", ", order)}";
    }

    private sealed class Writer(PartitionWriter owner, string source, CancellationToken cancellationToken) : PlannedFiles.Writer(owner._table)
    {
        private readonly DuckDbConnection _connection = owner._workspace.Database.Connect();

        public override void Write(PartitionWrite write, string path)
        {
            using DuckDbReader rows = _connection.Query(owner.QueryOf(write, source), cancellationToken);
            long written = Files.Write(path, rows, write.Incoming + write.Stays);
            if (written != write.Incoming + write.Stays)
            {
                throw new StoreException(path, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}: {written} rows were written where {write.Incoming + write.Stays} were due; what was published is untouched"));
            }
        }

        public override void Dispose()
        {
            base.Dispose();
            _connection.Dispose();
        }
    }
}
