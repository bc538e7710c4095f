using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>A condition on a table as a whole, tested when all its rows are read.</summary>
public sealed record CheckDefinition
{
    /// <summary>The check's name.</summary>
    public required string Name { get; init; }

    /// <summary>The table that it is about.</summary>
    public required string Table { get; init; }

    /// <summary>What must be true, over the columns of <see cref="Figures"/>.</summary>
    public required Expression Rule { get; init; }

    /// <summary>The rule as the pipeline writes it.</summary>
    public required string RuleText { get; init; }

    /// <summary>Whether a run whose rows do not satisfy it publishes all the same, with a warning.</summary>
    public bool IsWarning { get; init; }

    /// <summary>
    /// What a rule can speak of: the numbers of rows <c>read</c>, <c>accepted</c>, <c>quarantined</c>, <c>deduplicated</c> and
    /// <c>filtered</c>, and <c>accepted_rate</c> and <c>rejected_rate</c>, the accepted and the quarantined as a fraction
    /// (6 decimals) of those read.
    /// </summary>
    public static Schema Figures { get; } = new(
    [
        new Column("read", ColumnType.Integer),
        new Column("accepted", ColumnType.Integer),
        new Column("quarantined", ColumnType.Integer),
        new Column("deduplicated", ColumnType.Integer),
        new Column("filtered", ColumnType.Integer),
        new Column("accepted_rate", ColumnType.Decimal(7, 6)),
        new Column("rejected_rate", ColumnType.Decimal(7, 6)),
    ]);

    /// <summary>Tests the check.</summary>
    /// <param name="read">The rows read.</param>
    /// <param name="accepted">The rows accepted.</param>
    /// <param name="quarantined">The rows set aside.</param>
    /// <param name="deduplicated">The rows left out because others were the same.</param>
    /// <param name="filtered">The rows left out by <c>where</c>.</param>
    /// <returns>Whether it holds; of no rows at all, all count as accepted.</returns>
    public bool Holds(long read, long accepted, long quarantined, long deduplicated, long filtered)
    {
        var batch = new RowBatch(Figures, new TextPool(), 1) { Count = 1 };
        long[] figures = [read, accepted, quarantined, deduplicated, filtered, read == 0 ? 1_000_000 : Rate(accepted, read), Rate(quarantined, read)];
        for (int i = 0; i < figures.Length; i++)
        {
            batch.Columns[i].Values[0] = figures[i];
        }

        Vector result = new VectorEvaluator(batch.Texts, 1).Evaluate(ExpressionBinder.Bind(Rule, Figures), batch);
        return !result.IsNull(0) && result.Values[0] != 0;
    }

    private static long Rate(long part, long whole) =>
        whole == 0 ? 0 : (long)((((Int128)part * 2_000_000) + whole) / ((Int128)whole * 2));
}
