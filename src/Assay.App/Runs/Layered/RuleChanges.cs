using Assay.App.Pipelines;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>Tells whether stored rows were made by other rules than those of today, which a run must not mix.</summary>
internal static class RuleChanges
{
    /// <summary>Refuses to add to rows that were made by other rules.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="state">What earlier runs noted.</param>
    /// <exception cref="RunException">A table's rows were made by other rules.</exception>
    public static void Refuse(PipelineDefinition pipeline, RunOptions options, StateDatabase state)
    {
        if (Find(pipeline, options, state) is { } changes)
        {
            throw new RunException(changes) { IsConfiguration = true };
        }
    }

    /// <summary>What has changed, for whoever is to decide about it.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="state">What earlier runs noted.</param>
    /// <returns>What to say; null when a run may go on, as nothing has changed or all is made anew.</returns>
    public static string? Find(PipelineDefinition pipeline, RunOptions options, StateDatabase state)
    {
        if (options.FullRefresh || options.Until == Layer.Bronze)
        {
            return null;
        }

        var before = state.Rules(pipeline.Name).ToLookup(rule => rule.Table, StringComparer.Ordinal);
        if (before.Count == 0)
        {
            // Nobody noted them: what is stored is taken to be made by those of today, which the run notes.
            return null;
        }

        ILookup<string, TableRule> now = RefiningRules.Of(pipeline).ToLookup(rule => rule.Table, StringComparer.Ordinal);
        string[] changes = [.. pipeline.Tables.Select(table => before.Contains(table.Name)
            ? Changed(table.Name, before[table.Name], now[table.Name], state.CumulativeBooks(pipeline.Name, table.Name))
            : Added(table.Name, state.LoadedFiles(pipeline.Name, table.From))).OfType<string>()];
        return changes.Length == 0 || Landing.GivesWay(pipeline, options, state) ? null
            : $"{string.Join("; ", changes)}; run with --full-refresh to make {(changes.Length == 1 ? "it" : "them")} anew from bronze, or take the change back";
    }

    /// <summary>A table of which no record was read yet has nothing that could be mixed; one that left all of them out has.</summary>
    private static string? Changed(string table, IEnumerable<TableRule> before, IEnumerable<TableRule> now, RunBooks books) =>
        books.Read > 0 && RefiningRules.Difference(ByName(before), ByName(now)) is { } difference
            ? $"table `{table}` was made by other rules: {difference}"
            : null;

    private static string? Added(string table, IReadOnlyList<LoadedFile> loaded) => loaded.Any(file => file.Rows > 0)
        ? $"table `{table}` is new, and lacks the rows of the files that were loaded before"
        : null;

    private static Dictionary<string, string> ByName(IEnumerable<TableRule> rules) =>
        rules.ToDictionary(rule => rule.Name, rule => rule.Fingerprint, StringComparer.Ordinal);
}
