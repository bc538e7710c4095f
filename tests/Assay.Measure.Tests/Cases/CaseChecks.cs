namespace Assay.Measure.Tests.Cases;

/// <summary>Runs many cases in a database; the first one that differs from memory is made small and told.</summary>
public static class CaseChecks
{
    /// <summary>Runs random cases.</summary>
    /// <param name="database">The database.</param>
    /// <param name="firstSeed">The first seed.</param>
    /// <param name="count">How many seeds.</param>
    /// <returns>How many cases came to what.</returns>
    public static Dictionary<CaseOutcomeKind, int> Run(CaseDatabase database, int firstSeed, int count)
    {
        var outcomes = new Dictionary<CaseOutcomeKind, int>();
        for (int seed = firstSeed; seed < firstSeed + count; seed++)
        {
            CaseOutcome outcome = Check(database, RandomCases.Make(seed), $"seed {seed}");
            outcomes[outcome.Kind] = outcomes.GetValueOrDefault(outcome.Kind) + 1;
        }

        return outcomes;
    }

    /// <summary>Runs one case.</summary>
    public static CaseOutcome Check(CaseDatabase database, KpiCase one, string name)
    {
        CaseOutcome outcome = database.Run(one);
        if (outcome.Kind == CaseOutcomeKind.Different)
        {
            KpiCase small = CaseShrinker.Shrink(one, smaller => database.Run(smaller).Kind == CaseOutcomeKind.Different);
            Assert.Fail($"{name} on {database.Dialect.Title}\n{small.Show()}\n{database.Run(small).Text}");
        }

        return outcome;
    }
}
