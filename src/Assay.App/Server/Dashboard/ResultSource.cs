using Assay.Store;

namespace Assay.App.Server;

/// <summary>Where the figures of a page come from.</summary>
/// <param name="Home">The home of the run that published them.</param>
/// <param name="RunId">That run.</param>
/// <param name="Folder">The folder with what it published.</param>
/// <param name="Job">The job that it was, when it was one.</param>
internal sealed record ResultSource(AssayHome Home, string RunId, string Folder, JobEntry? Job)
{
    /// <summary>
    /// The run that changed the clean rows of the home since; null where they still are what these results were made of.
    /// Figures that are computed of the rows would then be of another state than those that were published.
    /// </summary>
    public LaterRun? Newer { get; init; }

    /// <summary>The run's manifest; null when it was removed.</summary>
    /// <exception cref="StoreException">It is damaged.</exception>
    public RunManifest? Manifest => RunHistory.Find(Home, RunId);
}
