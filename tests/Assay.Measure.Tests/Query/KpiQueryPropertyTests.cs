using System.Globalization;
using Assay.Measure.Tests.Cases;

namespace Assay.Measure.Tests.Query;

/// <summary>
/// Random KPIs over random tables give in a database what they give in memory, or are refused before anything runs.
/// ASSAY_CASES in the environment sets how many are tried of each part, and ASSAY_CASES_FROM the first seed.
/// </summary>
public sealed class KpiQueryPropertyTests
{
    private static readonly int Cases = Setting("ASSAY_CASES", 100);
    private static readonly int From = Setting("ASSAY_CASES_FROM", 0);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Results_WhenAskedOfDuckDb_ThenAreThoseOfMemory(int part)
    {
        using var duckDb = new DuckDbCases(Dialects.DuckDb);
        Check(CaseChecks.Run(duckDb.Database, From + (part * Cases), Cases), leastSame: 80);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Results_WhenAskedOfSqlite_ThenAreThoseOfMemory(int part)
    {
        using var sqlite = new SqliteCases(Dialects.Sqlite);
        Check(CaseChecks.Run(sqlite.Database, From + (part * Cases), Cases), leastSame: 80);
    }

    /// <summary>A test in which all is refused proves nothing.</summary>
    private static void Check(Dictionary<CaseOutcomeKind, int> outcomes, int leastSame)
    {
        string all = string.Join(", ", outcomes.Select(outcome => $"{outcome.Key} {outcome.Value}"));
        Assert.True(outcomes.GetValueOrDefault(CaseOutcomeKind.Same) * 100 >= leastSame * Cases, all);
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
