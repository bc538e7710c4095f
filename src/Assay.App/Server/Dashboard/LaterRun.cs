using Assay.Store;

namespace Assay.App.Server;

/// <summary>A run that loaded rows where an earlier one had loaded its own.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Job">The job that it was, when it was one.</param>
internal sealed record LaterRun(string RunId, JobEntry? Job);
