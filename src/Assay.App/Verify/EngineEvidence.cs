using Assay.App.Engines;
using Assay.Measure;

namespace Assay.App.Verify;

/// <summary>What one engine came to.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Version">Its product and version.</param>
/// <param name="Results">Its results, in the KPIs' order.</param>
/// <param name="Rows">The rows it was given, by table.</param>
/// <param name="LoadSeconds">How long the giving took; of an engine that streams it is part of the measuring.</param>
/// <param name="MeasureSeconds">How long the KPIs took.</param>
internal sealed record EngineEvidence(
    EngineChoice Engine,
    string Version,
    IReadOnlyList<KpiResult> Results,
    IReadOnlyDictionary<string, long> Rows,
    double LoadSeconds,
    double MeasureSeconds);
