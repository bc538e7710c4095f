using Assay.Refine;
using Assay.Refine.Dedup;
using Assay.Refine.Quality;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>What a run makes of one table's new rows: its books, its keys, its staged rows and its quarantine.</summary>
internal sealed class TableLoad : IDisposable
{
    private readonly QuarantineWriter _quarantine;
    private long _nextBlock;

    /// <param name="plan">How records become rows.</param>
    /// <param name="parent">The load of the table that records are rows of, too, or null.</param>
    /// <param name="silver">Takes the clean rows.</param>
    /// <param name="quarantine">Takes the others.</param>
    public TableLoad(CleaningPlan plan, TableLoad? parent, SilverLoad silver, QuarantineWriter quarantine)
    {
        Plan = plan;
        Parent = parent;
        Silver = silver;
        _quarantine = quarantine;
        TableDefinition table = plan.Table;
        Keys = table.Key.Count == 0
            ? null
            : new KeyIndex(plan.Schema, table.Key, table.Newest, table.MustAgree, [.. table.Columns.Select(column => column.Name).Except(table.Key)]);
        Quality = new Refiner(plan, new Data.TextPool(), capacity: 1).Quality;
    }

    /// <summary>How records become rows.</summary>
    public CleaningPlan Plan { get; }

    /// <summary>The load of the table that records are rows of, too, or null.</summary>
    public TableLoad? Parent { get; }

    /// <summary>The staged rows.</summary>
    public SilverLoad Silver { get; }

    /// <summary>Finds rows of one key; null when rows are only added.</summary>
    public KeyIndex? Keys { get; }

    /// <summary>The books and figures, once the pass is over.</summary>
    public TableQuality Quality { get; }

    /// <summary>Takes in a block's rejected records.</summary>
    /// <param name="block">The block's place in this run, from 0.</param>
    /// <param name="buffer">The records.</param>
    /// <returns>An empty buffer.</returns>
    public QuarantineBuffer Append(long block, QuarantineBuffer buffer) => _quarantine.Append(block, buffer);

    /// <summary>Lets workers go that wait for a block that will never come.</summary>
    public void Fail(Exception cause) => _quarantine.Fail(cause);

    /// <summary>Takes in a block that comes after all others.</summary>
    public void AppendLast(QuarantineBuffer buffer)
    {
        if (buffer.Rows > 0)
        {
            Append(_nextBlock++, buffer);
        }
    }

    /// <summary>Tells how many blocks there were.</summary>
    public void EndBlocks(long blocks) => _nextBlock = blocks;

    /// <summary>Puts the quarantine in place.</summary>
    /// <returns>The file, or null when there is none.</returns>
    public string? CompleteQuarantine() => _quarantine.Complete();

    public void Dispose()
    {
        _quarantine.Dispose();
        Silver.Dispose();
    }
}
