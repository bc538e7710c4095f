using Assay.Refine;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>How a pipeline's tables are kept in silver.</summary>
internal static class SilverTables
{
    /// <summary>The stored table of a plan.</summary>
    public static SilverTable Of(CleaningPlan plan) => new(plan.Table.Name, plan.Schema)
    {
        Key = plan.Table.Key,
        Newest = plan.Table.Newest,
        PartitionColumn = plan.Table.PartitionBy?.Column,
        Grain = plan.Table.PartitionBy?.Grain == PartitionGrain.Day ? SilverGrain.Day : SilverGrain.Month,
    };
}
