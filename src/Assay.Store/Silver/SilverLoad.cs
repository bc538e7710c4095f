using System.Globalization;
using Assay.DuckDb;

namespace Assay.Store;

/// <summary>The rows that a run brings for one table: taken by the workers' sinks, then merged with what the table has.</summary>
public sealed class SilverLoad : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<SilverSink> _sinks = [];
    private readonly SilverWorkspace _workspace;
    private readonly string _prefix;
    private bool _merged;

    /// <summary>Begins a load.</summary>
    /// <param name="workspace">Where the rows wait.</param>
    /// <param name="table">The table.</param>
    /// <exception cref="ArgumentException">The table names columns that it has not, or that files cannot hold.</exception>
    public SilverLoad(SilverWorkspace workspace, SilverTable table)
    {
        table.Check();
        _workspace = workspace;
        Table = table;
        _prefix = workspace.NextPrefix();
    }

    /// <summary>The table.</summary>
    public SilverTable Table { get; }

    /// <summary>Opens a sink; each worker has its own. May be called from several threads.</summary>
    /// <returns>The sink. It ends with the load, at the latest.</returns>
    /// <exception cref="InvalidOperationException">The load was merged already.</exception>
    public SilverSink OpenSink()
    {
        lock (_gate)
        {
            if (_merged)
            {
                throw new InvalidOperationException("A load that was merged takes no more rows.");
            }

            var sink = new SilverSink(Table, _workspace, StageOf(_sinks.Count));
            _sinks.Add(sink);
            return sink;
        }
    }

    /// <summary>
    /// Merges the rows with the table's and writes the files that differ, hidden. The load must hold no two rows of
    /// one key but for those that are dropped here. Rows that leave a partition, because their date changed, are
    /// taken out of it. The files' bytes depend on the rows alone, not on their order nor on the threads.
    /// </summary>
    /// <param name="droppedSequences">The places of rows that were taken and do not count after all.</param>
    /// <param name="replaceAll">Whether the load is all that the table will hold.</param>
    /// <param name="cancellationToken">Stops the merging; nothing is left behind.</param>
    /// <returns>What is to be done to make it visible.</returns>
    /// <exception cref="StoreException">A file could not be read or written, or the type of a stored column has changed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="InvalidOperationException">The load was merged already.</exception>
    public SilverChange Merge(IReadOnlyCollection<long> droppedSequences, bool replaceAll, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_merged)
            {
                throw new InvalidOperationException("A load is merged once.");
            }

            _merged = true;
        }

        try
        {
            SilverSnapshot published = SilverSnapshot.Current(_workspace.Home, Table.Name);
            StagedRows[] inMemory = [.. _sinks.Select(sink => sink.InMemory).OfType<StagedRows>()];
            if ((replaceAll || published.Files.Count == 0) && inMemory.Length == _sinks.Count)
            {
                SilverChange change = StagedMerge.Run(_workspace, Table, published, inMemory, droppedSequences, cancellationToken);
                _sinks.ForEach(sink => sink.Dispose());
                return change;
            }

            _sinks.ForEach(sink => sink.Complete());
            using var merge = new SilverMerge(
                _workspace, Table, _prefix, [.. Enumerable.Range(0, _sinks.Count).Select(StageOf)], _sinks.Exists(s => s.HasNullKeys));
            return merge.Run(droppedSequences, replaceAll, cancellationToken);
        }
        catch (DuckDbException e)
        {
            throw new StoreException(
                _workspace.Home.Silver(Table.Name),
                $"silver of {Table.Name} could not be written, what was published is untouched: {Reason(e)}",
                e);
        }
    }

    /// <summary>Drops the rows that were not merged.</summary>
    public void Dispose()
    {
        _merged = true;
        foreach (SilverSink sink in _sinks)
        {
            sink.Dispose();
        }

        using DuckDbConnection connection = _workspace.Database.Connect();
        for (int i = 0; i < _sinks.Count; i++)
        {
            connection.Execute($"DROP TABLE IF EXISTS {StageOf(i)}");
        }

        _sinks.Clear();
    }

    private string Reason(DuckDbException e) => e switch
    {
        { IsOutOfMemory: true } => $"merging it needs more memory than it may have; raise --max-memory ({_workspace.MemoryLimit >> 20} MiB now), or lower --threads",
        { IsOutOfSpace: true } => $"no space left for what is merged; free some, set ASSAY_HOME, or raise --max-memory ({_workspace.MemoryLimit >> 20} MiB now)",
        _ => e.Message,
    };

    private string StageOf(int sink) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}stage{sink}");
}
