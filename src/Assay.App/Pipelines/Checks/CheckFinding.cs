namespace Assay.App.Pipelines;

/// <summary>What a check found in a run. Observed values of columns that hold personal data are masked.</summary>
/// <param name="Table">The table that was checked.</param>
/// <param name="Name">The check.</param>
/// <param name="IsWarning">Whether it only warns.</param>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Observed">What was found, in words.</param>
/// <param name="Expected">What was expected, in words.</param>
public sealed record CheckFinding(string Table, string Name, bool IsWarning, bool Holds, string Observed, string Expected)
{
    /// <summary>The finding in a sentence.</summary>
    /// <returns>For example <c>check `few_rejects` of `shop` does not hold: expected rejected_rate &lt;= 0.05, found rejected_rate = 0.1</c>.</returns>
    public override string ToString() => Holds
        ? $"check `{Name}` of `{Table}` holds: {Expected}; found {Observed}"
        : $"check `{Name}` of `{Table}` does not hold: expected {Expected}, found {Observed}";
}
