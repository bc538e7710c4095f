using Assay.App.Pipelines;
using Assay.Store;

namespace Assay.App.Runs;

/// <summary>A check that does not hold.</summary>
/// <param name="Check">The check.</param>
/// <param name="Found">What its table came to.</param>
internal sealed record BrokenCheck(CheckDefinition Check, RunBooks Found)
{
    /// <summary>The checks of a pipeline that do not hold.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="tables">Its tables.</param>
    /// <param name="booksOf">The books that checks of a table are about.</param>
    public static IReadOnlyList<BrokenCheck> Find(PipelineDefinition pipeline, IReadOnlyList<TableOutcome> tables, Func<TableOutcome, RunBooks> booksOf) =>
    [
        .. from check in pipeline.Checks
           let books = booksOf(tables.First(table => table.Quality.Table == check.Table))
           where !check.Holds(books.Read, books.Accepted, books.Quarantined, books.Deduplicated, books.Filtered)
           select new BrokenCheck(check, books),
    ];

    /// <summary>The check and the books, in words.</summary>
    public override string ToString() =>
        $"check `{Check.Name}` of `{Check.Table}` does not hold: {Check.RuleText} "
        + $"({Found.Read} read, {Found.Accepted} accepted, {Found.Quarantined} quarantined)";
}
