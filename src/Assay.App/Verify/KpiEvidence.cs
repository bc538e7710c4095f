namespace Assay.App.Verify;

/// <summary>What was compared of one KPI.</summary>
/// <param name="Name">The KPI.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Rows">The rows of its result, on the first engine.</param>
/// <param name="Values">The cells and totals of its result, on the first engine.</param>
/// <param name="Hashes">The SHA-256 of the result as its JSON file has it, a line an engine.</param>
internal sealed record KpiEvidence(string Name, string Title, long Rows, long Values, IReadOnlyList<string> Hashes)
{
    /// <summary>Whether all engines say the same.</summary>
    public bool Agrees => Hashes.Distinct(StringComparer.Ordinal).Count() == 1;
}
