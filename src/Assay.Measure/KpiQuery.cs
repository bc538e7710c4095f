using Assay.Data;
using Assay.Sql;

namespace Assay.Measure;

/// <summary>
/// A KPI asked of a database: statements that give its groups with exact aggregates, or its flagged rows, and what is
/// made of them by the same code as in memory. Run <see cref="Next"/>, hand its rows to <see cref="Add"/>, say
/// <see cref="End"/>, and go on until there is no next.
/// </summary>
public abstract class KpiQuery
{
    private protected KpiQuery(KpiPlan plan) => Plan = plan;

    /// <summary>The KPI.</summary>
    public KpiPlan Plan { get; }

    /// <summary>The statement to run now; null when the result is there.</summary>
    public abstract SelectStatement? Next { get; }

    /// <summary>What it comes to, once there is no next statement.</summary>
    public abstract KpiResult Result { get; }

    /// <summary>Takes rows of the statement in <see cref="Next"/>.</summary>
    /// <param name="rows">The rows, with the columns of the statement's <see cref="SelectStatement.Result"/>; they are not kept.</param>
    /// <exception cref="MeasureException">A value cannot be computed with.</exception>
    public abstract void Add(RowBatch rows);

    /// <summary>Says that these were all rows of the statement.</summary>
    /// <exception cref="MeasureException">The KPI cannot be computed.</exception>
    public abstract void End();
}
