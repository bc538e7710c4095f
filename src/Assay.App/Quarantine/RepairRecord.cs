using Assay.Refine;
using Assay.Store;

namespace Assay.App.Quarantine;

/// <summary>A record that one or more tables set aside.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Row">How the first of the tables has it.</param>
internal sealed record RepairRecord(string RunId, QuarantineRow Row)
{
    /// <summary>The tables, in the pipeline's order, each with its row.</summary>
    public List<(CleaningPlan Plan, QuarantineRow Row)> Faults { get; } = [];
}
