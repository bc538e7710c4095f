using System.Text.Json;
using Assay.App.Server;
using Assay.Store;

namespace Assay.App.Tests.Server;

/// <summary>Looks at the outputs of jobs on the disk.</summary>
internal static class JobOutputCheck
{
    /// <summary>By name, the CSV and JSON tables of a completed job, as text; what tells of the moment and the machine is left out.</summary>
    public static SortedDictionary<string, string> Tables(AssayHome home, string id)
    {
        var tables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.GetFiles(Path.Combine(home.Job(id), "output")))
        {
            string name = Path.GetFileName(file);
            tables[name] = name is "quality.json" or "quality.html" ? "" : File.ReadAllText(file);
        }

        return tables;
    }

    /// <summary>The jobs that have folders, in order.</summary>
    public static IEnumerable<string> Folders(AssayHome home) =>
        Directory.GetDirectories(home.Jobs).Select(path => Path.GetFileName(path)).Where(name => name != JobFolders.Receiving).Order(StringComparer.Ordinal);

    /// <summary>What is wrong with the books of a completed job.</summary>
    /// <param name="job">Its status as it is told.</param>
    /// <param name="rows">The good rows that its file had.</param>
    public static string? Fault(JsonElement job, int rows)
    {
        JsonElement results = job.GetProperty("results");
        int read = results.GetProperty("data_quality_stats").GetProperty("records_processed").GetInt32();
        int months = results.GetProperty("processing_stats").GetProperty("monthly_periods").GetInt32();
        return read != rows ? $"{read} rows rather than {rows}"
            : months != Math.Min(12, rows) ? $"{months} months of {rows} rows"
            : null;
    }
}
