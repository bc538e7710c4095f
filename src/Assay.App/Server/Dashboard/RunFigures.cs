using Assay.App.Pipelines;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>Figures of runs that their manifests give by themselves.</summary>
internal static class RunFigures
{
    /// <summary>The score of a run, as its summary tells it.</summary>
    public static int Score(RunManifest run) => RunScore.Of(
        run.Books.Values.Sum(books => books.Read),
        run.Books.Values.Sum(books => books.Quarantined),
        [.. run.Checks.Select(check => (check.Holds, check.Severity == CheckSeverity.Warn))]).Value;
}
