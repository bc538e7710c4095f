using Assay.Data;

namespace Assay.Measure.Plan;

/// <summary>A column of a KPI's result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">How it is computed.</param>
/// <param name="Scale">The digits it is rounded to; null keeps the value's own.</param>
internal sealed record OutputColumn(string Name, BoundExpression Value, int? Scale)
{
    public Column Column => new(Name, Scale is { } scale && Value.Type.IsNumeric
        ? scale == 0 ? ColumnType.Integer : ColumnType.Decimal(ColumnType.MaxPrecision, scale)
        : Value.Type);
}
