using Assay.App.Pipelines;

namespace Assay;

/// <summary>Checks of the pipeline do not hold, so nothing was published.</summary>
public sealed class CheckException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="broken">The checks, each with what it found.</param>
    public CheckException(IReadOnlyList<CheckFinding> broken)
        : base(string.Join("; ", broken.Select(check => check.ToString()))) => Broken = broken;

    /// <summary>The checks that do not hold, each with what it found.</summary>
    public IReadOnlyList<CheckFinding> Broken { get; }
}
