using System.Security.Cryptography;
using System.Text;
using Assay.App.Pipelines;
using Assay.Measure;
using Assay.Store;

namespace Assay.App.Verify;

/// <summary>What engines said of the same rows, value by value.</summary>
internal sealed record Certificate
{
    /// <summary>Its name, which is its folder's.</summary>
    public required string Id { get; init; }

    /// <summary>The pipeline.</summary>
    public required PipelineDefinition Pipeline { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The moment that windows looked back from, or null when none did.</summary>
    public required DateTime? AsOf { get; init; }

    /// <summary>The engines; the others are compared with the first.</summary>
    public required IReadOnlyList<EngineEvidence> Engines { get; init; }

    /// <summary>The KPIs, in the pipeline's order.</summary>
    public required IReadOnlyList<KpiEvidence> Kpis { get; init; }

    /// <summary>Where engines differ; none when all agree.</summary>
    public required IReadOnlyList<CellDifference> Differences { get; init; }

    /// <summary>Whether all engines say the same of every KPI, and were given as many rows.</summary>
    public bool Agrees => Differences.Count == 0 && Kpis.All(kpi => kpi.Agrees);

    /// <summary>The values compared, of all KPIs and all engines but the first.</summary>
    public long Values => Kpis.Sum(kpi => kpi.Values) * (Engines.Count - 1);

    /// <summary>One hash of all results of the first engine.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Kpis.Select(kpi => $"{kpi.Name} {kpi.Hashes[0]}\n")))));

    /// <summary>Compares what engines came to.</summary>
    /// <param name="id">The certificate's name.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="at">Now.</param>
    /// <param name="asOf">The moment that windows looked back from, or null.</param>
    /// <param name="engines">What they came to; at least one.</param>
    /// <returns>The certificate.</returns>
    public static Certificate Of(string id, PipelineDefinition pipeline, DateTimeOffset at, DateTime? asOf, IReadOnlyList<EngineEvidence> engines)
    {
        EngineEvidence first = engines[0];
        var kpis = new List<KpiEvidence>();
        var differences = new List<CellDifference>();
        foreach (EngineEvidence other in engines.Skip(1))
        {
            differences.AddRange(first.Rows.Where(table => other.Rows[table.Key] != table.Value).Select(table => new CellDifference(
                "", other.Engine.Name, $"rows of {table.Key}", Number(table.Value), Number(other.Rows[table.Key]))));
        }

        for (int i = 0; i < first.Results.Count; i++)
        {
            KpiResult expected = first.Results[i];
            string[] hashes = [.. engines.Select(engine => HashOf(engine.Results[i]))];
            kpis.Add(new KpiEvidence(
                expected.Definition.Name, expected.Definition.Title, expected.Table.Rows.Count, ResultComparison.Values(expected.Table), hashes));
            for (int other = 1; other < engines.Count; other++)
            {
                differences.AddRange(ResultComparison.Compare(engines[other].Engine.Name, expected.Table, engines[other].Results[i].Table));
            }
        }

        return new Certificate { Id = id, Pipeline = pipeline, At = at, AsOf = asOf, Engines = engines, Kpis = kpis, Differences = differences };
    }

    private static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string HashOf(KpiResult result)
    {
        using var output = new MemoryStream();
        JsonTable.Write(result.Table, output);
        return Convert.ToHexStringLower(SHA256.HashData(output.GetBuffer().AsSpan(0, (int)output.Length)));
    }
}
