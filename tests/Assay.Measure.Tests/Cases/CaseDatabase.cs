using Assay.Data;
using Assay.Sql;

namespace Assay.Measure.Tests.Cases;

/// <summary>A database that cases are run in. Whoever has one, a server for example, gives these three functions.</summary>
/// <param name="Dialect">How it writes statements.</param>
/// <param name="Load">Makes a case's tables, named by <see cref="TableName"/>, and fills them; tables of earlier cases go.</param>
/// <param name="Query">Runs a statement: its rows in batches of the statement's columns, each valid until the next.</param>
/// <param name="IsOverflow">Whether what a statement threw says that a value does not fit the database's numbers.</param>
public sealed record CaseDatabase(
    SqlDialect Dialect, Action<KpiCase> Load, Func<SelectStatement, IEnumerable<RowBatch>> Query, Func<Exception, bool> IsOverflow)
{
    /// <summary>The name of a case's table in the database.</summary>
    public static string TableName(string table) => $"case_{table}";

    /// <summary>Runs a case, and compares with what memory gives.</summary>
    public CaseOutcome Run(KpiCase one)
    {
        KpiQuery query;
        try
        {
            query = KpiQuery.Create(one.Plan(), new KpiQueryOptions { Dialect = Dialect, TableName = TableName, AsOf = one.AsOf });
        }
        catch (SqlException refused)
        {
            return new CaseOutcome(CaseOutcomeKind.Refused, refused.Message);
        }

        string expected;
        try
        {
            expected = ResultText.Of(one.Compute());
        }
        catch (Exception e) when (e is MeasureException or KpiException)
        {
            return new CaseOutcome(CaseOutcomeKind.NotInMemory, e.Message);
        }

        try
        {
            Load(one);
            string actual = ResultText.Of(Run(query));
            return expected == actual
                ? new CaseOutcome(CaseOutcomeKind.Same, expected)
                : new CaseOutcome(CaseOutcomeKind.Different, $"in memory\n{expected}\n{Dialect.Title}\n{actual}\nstatements\n{Statements(query)}");
        }
        catch (Exception e) when (IsOverflow(e))
        {
            return new CaseOutcome(CaseOutcomeKind.Overflow, e.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new CaseOutcome(CaseOutcomeKind.Different, $"{Dialect.Title} fails: {e}\nstatements\n{Statements(query)}");
        }
    }

    private KpiResult Run(KpiQuery query)
    {
        while (query.Next is { } statement)
        {
            foreach (RowBatch rows in Query(statement))
            {
                query.Add(rows);
            }

            query.End();
        }

        return query.Result;
    }

    private string Statements(KpiQuery query) =>
        string.Join("\n\n", query.Preview.Select(statement => $"-- {statement.Title}\n{Dialect.Script(statement.Statement)}"));
}
