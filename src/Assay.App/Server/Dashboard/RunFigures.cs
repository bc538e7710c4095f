using System.Text.Json;
using Assay.App.Pipelines;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>Figures of runs that their manifests give by themselves.</summary>
internal static class RunFigures
{
    /// <summary>The score of what a run published: where it loaded repaired rows, of all rows and not of these alone.</summary>
    /// <param name="run">The run.</param>
    /// <param name="job">The job that it was, when it was one.</param>
    public static int Score(RunManifest run, JobEntry? job)
    {
        if (job is { Type: JobType.Replay, Results: { } told })
        {
            using JsonDocument document = JsonDocument.Parse(told);
            if (document.RootElement.TryGetProperty("results", out JsonElement results)
                && results.TryGetProperty("quality_score", out JsonElement score)
                && score.TryGetInt32(out int value))
            {
                return value;
            }
        }

        return Score(run);
    }

    private static int Score(RunManifest run) => RunScore.Of(
        run.Books.Values.Sum(books => books.Read),
        run.Books.Values.Sum(books => books.Quarantined),
        [.. run.Checks.Select(check => (check.Holds, check.Severity == CheckSeverity.Warn))]).Value;
}
