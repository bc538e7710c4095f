namespace Assay.Store;

/// <summary>A table of a database that Assay made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Whose it is, for example a pipeline.</param>
/// <param name="IsKpi">Whether it has a KPI's result.</param>
public sealed record OwnedTable(string Name, string Owner, bool IsKpi);
