namespace Assay.App.Pipelines;

/// <summary>The rows of a KPI, or of a table of silver.</summary>
/// <param name="From">The KPI or the table.</param>
/// <param name="IsTable">Whether it is a table.</param>
/// <param name="Columns">The columns, in order.</param>
/// <param name="OrderBy">What a table's rows are ordered by; its key orders those that are alike in it.</param>
internal sealed record OutputRows(
    string From, bool IsTable, IReadOnlyList<string> Columns, IReadOnlyList<(string Column, bool Descending)> OrderBy) : OutputNode;
