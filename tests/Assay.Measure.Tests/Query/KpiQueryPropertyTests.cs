using Assay.Measure.Tests.Cases;

namespace Assay.Measure.Tests.Query;

/// <summary>Random KPIs over random tables give in a database what they give in memory, or are refused before anything runs.</summary>
public sealed class KpiQueryPropertyTests
{
    /// <summary>Cases a seed: a thousand in all for each database.</summary>
    private const int Cases = 250;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Results_WhenAskedOfDuckDb_ThenAreThoseOfMemory(int part)
    {
        using var duckDb = new DuckDbCases(Dialects.DuckDb);
        Check(CaseChecks.Run(duckDb.Database, part * Cases, Cases), leastSame: 150);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Results_WhenAskedOfSqlite_ThenAreThoseOfMemory(int part)
    {
        using var sqlite = new SqliteCases(Dialects.Sqlite);
        Check(CaseChecks.Run(sqlite.Database, part * Cases, Cases), leastSame: 125);
    }

    /// <summary>A test in which all is refused proves nothing.</summary>
    private static void Check(Dictionary<CaseOutcomeKind, int> outcomes, int leastSame)
    {
        string all = string.Join(", ", outcomes.Select(outcome => $"{outcome.Key} {outcome.Value}"));
        Assert.True(outcomes.GetValueOrDefault(CaseOutcomeKind.Same) >= leastSame, all);
    }
}
