namespace Assay.Store;

/// <summary>Writes the files of a load whose rows are in memory and are all that the table will hold: there is nothing to merge them with.</summary>
internal static class StagedMerge
{
    /// <summary>Writes the files.</summary>
    public static SilverChange Run(
        SilverWorkspace workspace,
        SilverTable table,
        SilverSnapshot published,
        IReadOnlyList<StagedRows> rows,
        IReadOnlyCollection<long> droppedSequences,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var staged = new StagedTable(rows, table.Schema, PartitionWriter.Order(table));
        SortedDictionary<int, List<int>> partitions = staged.Partitions(droppedSequences);
        var incoming = partitions.ToDictionary(partition => partition.Key, partition => (long)partition.Value.Count);
        var plan = new SilverPlan(workspace, table, published, StoredFiles.None(table.Schema), [], incoming, new Dictionary<int, long>());
        var files = new PlannedFiles(workspace, table, plan);
        files.Write(() => files.Each([.. plan.Writes], () => new Writer(table, staged, partitions, cancellationToken)));
        return plan.ToChange(incoming.Values.Sum(), 0, 0, 0);
    }

    private sealed class Writer(SilverTable table, StagedTable staged, SortedDictionary<int, List<int>> partitions, CancellationToken cancellationToken)
        : PlannedFiles.Writer(table)
    {
        public override void Write(PartitionWrite write, string path)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Files.Write(path, staged, staged.Sort(partitions[write.Partition]));
        }
    }
}
