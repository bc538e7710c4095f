using Assay.Data;

namespace Assay.App.Pipelines;

/// <summary>A column that a reader may narrow results by: dates and timestamps to a period, all others to values.</summary>
/// <param name="Name">Its name on the page and in addresses.</param>
/// <param name="Column">The column. It narrows the KPIs whose rows have it.</param>
/// <param name="Type">The column's type.</param>
public sealed record DashboardFilter(string Name, string Column, ColumnType Type)
{
    /// <summary>Whether it takes a first and a last day.</summary>
    public bool IsPeriod => Type.Kind is ColumnKind.Date or ColumnKind.Timestamp;
}
