using Assay.App.Pipelines;

namespace Assay.App.Runs;

/// <summary>Checks of the pipeline do not hold, so nothing was published.</summary>
/// <param name="broken">The checks, each with what it found.</param>
internal sealed class CheckException(IReadOnlyList<CheckFinding> broken)
    : Exception(string.Join("; ", broken.Select(check => check.ToString())));
