using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>A rule over a table's books: <c>rejected_rate &lt;= 0.05</c>, <c>accepted >= 1000</c>.</summary>
public sealed record RuleCheck : CheckDefinition
{
    private const int RateDigits = 6;

    /// <summary>What must be true, over the columns of <see cref="Books"/>.</summary>
    public required Expression Rule { get; init; }

    /// <summary>The rule as the pipeline writes it.</summary>
    public required string RuleText { get; init; }

    /// <summary>
    /// What a rule can speak of: the numbers of rows <c>read</c>, <c>accepted</c>, <c>quarantined</c>, <c>deduplicated</c> and
    /// <c>filtered</c>, and <c>accepted_rate</c> and <c>rejected_rate</c>, the accepted and the quarantined as a fraction
    /// (6 decimals) of those read; of no rows at all, all count as accepted.
    /// </summary>
    public static Schema Books { get; } = new(
    [
        new Column("read", ColumnType.Integer),
        new Column("accepted", ColumnType.Integer),
        new Column("quarantined", ColumnType.Integer),
        new Column("deduplicated", ColumnType.Integer),
        new Column("filtered", ColumnType.Integer),
        new Column("accepted_rate", ColumnType.Decimal(RateDigits + 1, RateDigits)),
        new Column("rejected_rate", ColumnType.Decimal(RateDigits + 1, RateDigits)),
    ]);

    /// <inheritdoc/>
    public override string Expectation => RuleText;

    private protected override (bool Holds, string Observed) Decide(CheckFigures figures)
    {
        var batch = new RowBatch(Books, new TextPool(), 1) { Count = 1 };
        long[] books =
        [
            figures.Read, figures.Accepted, figures.Quarantined, figures.Deduplicated, figures.Filtered,
            figures.Read == 0 ? (long)Decimals.PowerOfTen(RateDigits) : Rate(figures.Accepted, figures.Read),
            Rate(figures.Quarantined, figures.Read),
        ];
        for (int i = 0; i < books.Length; i++)
        {
            batch.Columns[i].Values[0] = books[i];
        }

        Vector result = new VectorEvaluator(batch.Texts, 1).Evaluate(ExpressionBinder.Bind(Rule, Books), batch);
        IEnumerable<string> observed = Rule.DescendantsAndSelf().OfType<ColumnExpression>().Select(column => column.Name).Distinct()
            .Select(name => $"{name} = {Decimals.Format(books[Books.IndexOf(name)], Books.Columns[Books.IndexOf(name)].Type.Scale)}");
        return (!result.IsNull(0) && result.Values[0] != 0, string.Join(", ", observed));
    }

    private static long Rate(long part, long whole) =>
        whole == 0 ? 0 : (long)((((Int128)part * 2_000_000) + whole) / ((Int128)whole * 2));
}
