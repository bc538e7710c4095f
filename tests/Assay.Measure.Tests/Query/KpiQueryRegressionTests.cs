using Assay.Measure.Tests.Cases;

namespace Assay.Measure.Tests.Query;

/// <summary>Random cases that once failed, as small as they became, on every database that runs in this process.</summary>
public sealed class KpiQueryRegressionTests
{
    public static TheoryData<string> Names => [.. RegressionCases.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Results_WhenACaseOnceFailed_ThenAreThoseOfMemory(string name)
    {
        using var duckDb = new DuckDbCases(Dialects.DuckDb);
        using var sqlite = new SqliteCases(Dialects.Sqlite);
        foreach (CaseDatabase database in new[] { duckDb.Database, sqlite.Database })
        {
            CaseOutcome outcome = database.Run(RegressionCases.All[name]);
            Assert.True(outcome.Kind == CaseOutcomeKind.Same, $"{database.Dialect.Title}: {outcome.Kind} {outcome.Text}");
        }
    }
}
