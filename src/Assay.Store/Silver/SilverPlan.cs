namespace Assay.Store;

/// <summary>Which files a merge writes, which it leaves and which go.</summary>
internal sealed class SilverPlan
{
    private readonly SilverWorkspace _workspace;
    private readonly SilverTable _table;
    private readonly List<SilverRename> _renames = [];
    private readonly List<string> _removals = [];
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly long _rows;

    /// <param name="workspace">Where the run works.</param>
    /// <param name="table">The table.</param>
    /// <param name="published">The files that are published.</param>
    /// <param name="stored">Those of them that the table keeps using; none when all is replaced.</param>
    /// <param name="partitions">Each stored file's partition.</param>
    /// <param name="incoming">By partition, how many rows come in.</param>
    /// <param name="removed">By stored file, how many of its rows go.</param>
    public SilverPlan(
        SilverWorkspace workspace,
        SilverTable table,
        SilverSnapshot published,
        StoredFiles stored,
        int[] partitions,
        IReadOnlyDictionary<int, long> incoming,
        IReadOnlyDictionary<int, long> removed)
    {
        _workspace = workspace;
        _table = table;
        Dictionary<int, int> fileOf = partitions.Select((p, file) => (p, file)).ToDictionary(x => x.p, x => x.file);
        IEnumerable<int> touched = incoming.Keys.Concat(removed.Keys.Select(file => partitions[file]));
        foreach (int partition in new SortedSet<int>(touched))
        {
            int? file = fileOf.TryGetValue(partition, out int place) ? place : null;
            long gone = file is null ? 0 : removed.GetValueOrDefault(place);
            Plan(partition, file, incoming.GetValueOrDefault(partition), file is null ? 0 : stored.Files[place].Rows - gone, gone);
        }

        for (int file = 0; file < partitions.Length; file++)
        {
            if (!incoming.ContainsKey(partitions[file]) && !removed.ContainsKey(file))
            {
                _files.Add(stored.Files[file].Path, stored.Files[file].Path);
                _rows += stored.Files[file].Rows;
            }
        }

        _rows += Writes.Sum(w => w.Incoming + w.Stays);
        _removals.AddRange(published.Files.Where(path => !_files.ContainsKey(path)));
    }

    /// <summary>The files to write.</summary>
    public List<PartitionWrite> Writes { get; } = [];

    /// <summary>The folders whose entries must be on the disk before the change is made: those of the staged files,
    /// and the ones above them up to the home, which may be new.</summary>
    public IEnumerable<string> FoldersToSync()
    {
        var folders = new SortedSet<string>(StringComparer.Ordinal);
        foreach (PartitionWrite write in Writes)
        {
            string? folder = Path.GetDirectoryName(_workspace.Home.Full(write.Staged));
            while (folder is not null && folder.Length >= _workspace.Home.Root.Length && folders.Add(folder))
            {
                folder = Path.GetDirectoryName(folder);
            }
        }

        return folders;
    }

    /// <summary>The change, once the files are written.</summary>
    public SilverChange ToChange(long added, long replaced, long unchanged, long keptExisting) => new()
    {
        Table = _table.Name,
        Renames = _renames,
        Removals = _removals,
        Staged = new SilverSnapshot(_table.Name, [.. _files.Values]),
        Applied = new SilverSnapshot(_table.Name, [.. _files.Keys]),
        Added = added,
        Replaced = replaced,
        Unchanged = unchanged,
        KeptExisting = keptExisting,
        Rows = _rows,
    };

    private void Plan(int partition, int? file, long incoming, long stays, long gone)
    {
        if (incoming + stays == 0)
        {
            return;
        }

        string path = $"{_workspace.Home.Relative(_workspace.Home.Silver(_table.Name))}/{SilverPartition.PathOf(_table, partition)}";
        string staged = SilverFiles.StagedName(path, _workspace.RunId);
        Writes.Add(new PartitionWrite(partition, staged, file, incoming, stays, gone));
        _renames.Add(new SilverRename(staged, path));
        _files.Add(path, staged);
    }
}
