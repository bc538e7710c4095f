using Assay.Data;

namespace Assay.Measure;

/// <summary>A column of a KPI: a name and how its value is computed.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Value">How it is computed.</param>
/// <param name="Scale">The digits after the point it is rounded to, half to even, once; null keeps the value's own.</param>
public sealed record NamedExpression(string Name, Expression Value, int? Scale = null);
