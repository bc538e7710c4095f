namespace Assay.App.Plans;

/// <summary>A KPI that a run would compute.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Table">The table it is computed from.</param>
/// <param name="Joins">The tables that are joined to that.</param>
/// <param name="Window">The rows that it looks at, such as <c>30 days of sold_at</c>; null for all.</param>
/// <param name="AsOf">Where the window ends, as far as that is known now; null when there is none, or nobody knows.</param>
/// <param name="IsAsOfFixed">Whether that was asked for; else a newer row moves it.</param>
internal sealed record PlannedKpi(
    string Name, string Title, string Table, IReadOnlyList<string> Joins, string? Window, DateTime? AsOf, bool IsAsOfFixed);
