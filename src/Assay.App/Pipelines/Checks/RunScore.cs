namespace Assay.App.Pipelines;

/// <summary>How good a run's data is, in one number from 0 to 100.</summary>
/// <param name="Value">The number.</param>
public sealed record RunScore(int Value)
{
    /// <summary>How it is computed, in words, for <c>summary.json</c>.</summary>
    public const string Formula =
        "round(100 * (1 - quarantined / read) * checks that hold / checks), over all tables; a check that only warns counts half";

    private const int ErrorWeight = 2;
    private const int WarningWeight = 1;

    /// <summary>Computes it. No rows count as good ones, and no checks as checks that hold; rounding is half to even.</summary>
    /// <param name="read">The rows read, of all tables.</param>
    /// <param name="quarantined">The rows set aside, of all tables.</param>
    /// <param name="findings">What all checks found.</param>
    /// <returns>The score.</returns>
    public static RunScore Of(long read, long quarantined, IReadOnlyCollection<CheckFinding> findings) =>
        Of(read, quarantined, [.. findings.Select(finding => (finding.Holds, finding.IsWarning))]);

    /// <summary>The same, of what is kept of checks.</summary>
    /// <param name="read">The rows read, of all tables.</param>
    /// <param name="quarantined">The rows set aside, of all tables.</param>
    /// <param name="checks">For each check, whether it holds, and whether it only warns.</param>
    /// <returns>The score.</returns>
    internal static RunScore Of(long read, long quarantined, IReadOnlyCollection<(bool Holds, bool IsWarning)> checks)
    {
        long all = checks.Sum(check => Weight(check.IsWarning));
        decimal good = read == 0 ? 1 : 1 - ((decimal)quarantined / read);
        decimal held = all == 0 ? 1 : (decimal)checks.Where(check => check.Holds).Sum(check => Weight(check.IsWarning)) / all;
        return new RunScore((int)Math.Round(100 * good * held, MidpointRounding.ToEven));
    }

    private static long Weight(bool isWarning) => isWarning ? WarningWeight : ErrorWeight;
}
