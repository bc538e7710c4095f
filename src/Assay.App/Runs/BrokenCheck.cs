using Assay.App.Pipelines;

namespace Assay.App.Runs;

/// <summary>A check that does not hold.</summary>
/// <param name="Check">The check.</param>
/// <param name="Found">What its table came to.</param>
internal sealed record BrokenCheck(CheckDefinition Check, TableOutcome Found)
{
    /// <summary>The checks of a pipeline that do not hold.</summary>
    public static IReadOnlyList<BrokenCheck> Find(PipelineDefinition pipeline, IReadOnlyList<TableOutcome> tables) =>
    [
        .. from check in pipeline.Checks
           let found = tables.First(table => table.Quality.Table == check.Table)
           let books = found.Quality
           where !check.Holds(books.Read, books.Accepted, books.Quarantined, books.Deduplicated, books.Filtered)
           select new BrokenCheck(check, found),
    ];

    /// <summary>The check and the books, in words.</summary>
    public override string ToString() =>
        $"check `{Check.Name}` of `{Check.Table}` does not hold: {Check.RuleText} "
        + $"({Found.Quality.Read} read, {Found.Quality.Accepted} accepted, {Found.Quality.Quarantined} quarantined)";
}
