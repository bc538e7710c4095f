using Assay.Data;
using Assay.Measure.Plan;

namespace Assay.Measure.Memory.Joins;

/// <summary>The joins of one worker, each looked up once a batch however many KPIs have it.</summary>
internal sealed class WorkerJoins(MeasureInputs inputs, TextPool texts, int capacity)
{
    private readonly Dictionary<(string Table, LookupProbe? Via, int Column), LookupProbe> _probes = [];

    /// <summary>Turns to the next batch.</summary>
    public void Begin()
    {
        foreach (LookupProbe probe in _probes.Values)
        {
            probe.Begin();
        }
    }

    /// <summary>Makes what adds the joined columns to a KPI's rows.</summary>
    /// <returns>It, or null for a KPI that joins nothing.</returns>
    /// <exception cref="MeasureException">A joined table was not given, or not with what the KPI needs.</exception>
    public JoinedRows? Of(KpiPlan plan)
    {
        if (plan.Rows.Joins.Count == 0)
        {
            return null;
        }

        // In the order of the joined rows, whose columns past the table's own these are.
        var columns = new List<(LookupProbe Probe, int Column)>();
        foreach (BoundJoin join in plan.Rows.Joins)
        {
            LookupTable table = Table(plan, join);
            int past = join.Column - plan.Rows.Own.Columns.Count;
            (LookupProbe? via, int column) = past < 0 ? (null, join.Column) : columns[past];
            if (!_probes.TryGetValue((join.Table, via, column), out LookupProbe? probe))
            {
                probe = new LookupProbe(table, via, column, texts, capacity);
                _probes.Add((join.Table, via, column), probe);
            }

            foreach (Column taken in join.Columns)
            {
                columns.Add((probe, table.Schema.IndexOf(taken.Name)));
            }
        }

        return new JoinedRows(plan.Rows, texts, columns);
    }

    private LookupTable Table(KpiPlan plan, BoundJoin join)
    {
        if (!inputs.Lookups.TryGetValue(join.Table, out LookupTable? table))
        {
            throw new MeasureException(plan.Definition.Name, $"the joined table `{join.Table}` was not given");
        }

        bool fits = table.Key == join.Key
            && join.Columns.All(column => table.Schema.IndexOf(column.Name) is >= 0 and int place && table.Schema.Columns[place] == column);
        return fits
            ? table
            : throw new MeasureException(plan.Definition.Name, $"the joined table `{join.Table}` was given with another key or without some of its columns");
    }
}
