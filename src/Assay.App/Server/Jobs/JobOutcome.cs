namespace Assay.App.Server;

/// <summary>What a job came to.</summary>
/// <param name="RunId">The run that it was.</param>
/// <param name="Results">What it is told to have come to, as JSON.</param>
/// <param name="Rows">The rows it read.</param>
/// <param name="Accepted">Those that were accepted.</param>
/// <param name="Rejects">By code, the faults that rows were set aside for.</param>
internal sealed record JobOutcome(string RunId, string Results, long Rows, long Accepted, IReadOnlyDictionary<string, long> Rejects);
