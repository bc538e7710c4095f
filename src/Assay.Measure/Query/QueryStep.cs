using Assay.Data;
using Assay.Sql;

namespace Assay.Measure.Query;

/// <summary>One statement of a KPI and what is done with its rows.</summary>
internal abstract class QueryStep
{
    /// <summary>The statement as far as it is known before anything runs.</summary>
    public abstract KpiStatement Preview { get; }

    /// <summary>The statement, when all before it were run; null when it need not be run.</summary>
    public abstract SelectStatement? Statement();

    /// <summary>Takes rows of it.</summary>
    public abstract void Add(RowBatch rows);

    /// <summary>Looks at what all rows came to.</summary>
    public virtual void End()
    {
    }
}
