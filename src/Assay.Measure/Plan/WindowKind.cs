namespace Assay.Measure.Plan;

/// <summary>What a column over the ordered rows of a KPI's result holds.</summary>
internal enum WindowKind
{
    /// <summary>The sum over all rows.</summary>
    Total,

    /// <summary>The value of the row before; null in the first.</summary>
    Previous,

    /// <summary>The sum up to and including the row.</summary>
    Running,

    /// <summary>The row's place, from 1.</summary>
    Rank,
}
