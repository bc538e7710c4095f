using System.Globalization;
using Assay.Measure.Tests.Cases;
using Assay.Store;
using Assay.Store.Tests.Engines;

namespace Assay.App.Tests.Engines;

/// <summary>
/// Random KPIs over random tables give in every database what they give in memory, or are refused before anything runs.
/// ASSAY_CASES in the environment sets how many are tried, and ASSAY_CASES_FROM the first seed.
/// </summary>
public abstract class EngineCaseTests
{
    /// <summary>Of a hundred cases so many must be answered: a test in which all is refused proves nothing.</summary>
    private const int LeastSame = 75;

    private static readonly int Cases = Setting("ASSAY_CASES", 60);

    /// <summary>Other cases than those that Assay.Measure.Tests runs.</summary>
    private static readonly int From = Setting("ASSAY_CASES_FROM", 100_000);

    [EngineFact]
    public void Results_WhenCasesAreRandom_ThenAreThoseOfMemory()
    {
        Dictionary<CaseOutcomeKind, int> outcomes = With(cases => CaseChecks.Run(cases, From, Cases));

        Assert.True(
            outcomes.GetValueOrDefault(CaseOutcomeKind.Same) * 100 >= LeastSame * Cases,
            string.Join(", ", outcomes.Select(outcome => $"{outcome.Key} {outcome.Value}")));
    }

    [EngineFact]
    public void Results_WhenCasesOnceFailed_ThenAreThoseOfMemory()
    {
        Dictionary<string, CaseOutcomeKind> outcomes = With(cases =>
            RegressionCases.All.ToDictionary(one => one.Key, one => CaseChecks.Check(cases, one.Value, one.Key).Kind));

        Assert.All(outcomes, outcome => Assert.Equal(CaseOutcomeKind.Same, outcome.Value));
    }

    private protected abstract T With<T>(Func<CaseDatabase, T> work);

    private protected static T In<T>(EngineOptions options, Func<CaseDatabase, T> work)
    {
        using var cases = new EngineCases(options);
        return work(cases.Database);
    }

    private protected static T InFile<T>(EngineKind kind, Func<CaseDatabase, T> work)
    {
        string folder = Directory.CreateTempSubdirectory("assay-cases-").FullName;
        try
        {
            return In(new EngineOptions { Kind = kind, Connection = Path.Combine(folder, "cases") }, work);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}

public sealed class DuckDbCaseTests : EngineCaseTests
{
    private protected override T With<T>(Func<CaseDatabase, T> work) => InFile(EngineKind.DuckDb, work);
}

public sealed class SqliteCaseTests : EngineCaseTests
{
    private protected override T With<T>(Func<CaseDatabase, T> work) => InFile(EngineKind.Sqlite, work);
}

[NeedsServer(EngineKind.Postgres)]
public sealed class PostgresCaseTests : EngineCaseTests
{
    private protected override T With<T>(Func<CaseDatabase, T> work)
    {
        using var database = new PostgresDatabase();
        return In(database.Options, work);
    }
}

[NeedsServer(EngineKind.MySql)]
public sealed class MySqlCaseTests : EngineCaseTests
{
    private protected override T With<T>(Func<CaseDatabase, T> work)
    {
        using var database = new MySqlDatabase();
        return In(database.Options, work);
    }
}
