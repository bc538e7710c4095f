namespace Assay.App.Server;

/// <summary>A figure that a job's results tell beside its books: the rows of a KPI, or the distinct values of a text column.</summary>
/// <param name="Name">What clients call it.</param>
/// <param name="Kpi">The KPI whose rows are counted, or null.</param>
/// <param name="Table">The column's table, when it is a column's.</param>
/// <param name="Column">The column whose distinct values are counted.</param>
internal sealed record CountSetting(string Name, string? Kpi, string? Table, string? Column);
