using Assay.App.Runs;
using Assay.Data;
using Assay.Measure;
using Assay.Refine.Quality;

namespace Assay.App.Server;

/// <summary>The figures that a job's results tell, taken from its run as the settings say.</summary>
internal static class JobCounts
{
    /// <summary>The figures beside the books, in the order of the settings; one whose KPI or column does not exist is left out.</summary>
    public static IReadOnlyList<KeyValuePair<string, long>> Of(PipelineSetting setting, RunOutcome outcome)
    {
        var counts = new List<KeyValuePair<string, long>>();
        foreach (CountSetting count in setting.Counts)
        {
            if (Of(count, outcome) is { } value)
            {
                counts.Add(new KeyValuePair<string, long>(count.Name, value));
            }
        }

        return counts;
    }

    /// <summary>By code, how many rows were set aside for it; a row can have several.</summary>
    public static Dictionary<string, long> Rejects(RunOutcome outcome)
    {
        var rejects = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (TableQuality quality in outcome.Tables.Select(table => table.Quality))
        {
            foreach ((FaultCode code, long rows) in quality.RecordFaults.Concat(quality.Columns.SelectMany(column => column.Faults.Select(fault => (fault.Code, fault.Rows)))))
            {
                rejects[code.Name()] = rejects.GetValueOrDefault(code.Name()) + rows;
            }
        }

        return rejects;
    }

    private static long? Of(CountSetting count, RunOutcome outcome)
    {
        if (count.Kpi is { } kpi)
        {
            KpiResult? result = outcome.Results.FirstOrDefault(result => result.Definition.Name == kpi);
            return result?.Table.Rows.Count;
        }

        TableOutcome? table = outcome.Tables.FirstOrDefault(table => table.Quality.Table == count.Table);
        return table?.Quality.Columns.FirstOrDefault(column => column.Name == count.Column)?.Distinct;
    }
}
