using Assay.Sql;

namespace Assay.Measure;

/// <summary>A statement of a KPI, to be shown.</summary>
/// <param name="Title">What it asks for, such as <c>groups</c>.</param>
/// <param name="Statement">The statement, with an <see cref="SqlPlaceholder"/> for each value that an earlier one gives.</param>
public sealed record KpiStatement(string Title, SelectStatement Statement);
