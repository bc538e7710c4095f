using Assay.Data;

namespace Assay.Measure;

/// <summary>A part of a reason's text: literal, or an expression written with a fixed number of decimals.</summary>
/// <param name="Literal">The text, when <paramref name="Value"/> is null.</param>
/// <param name="Value">The value to write, or null for a literal part.</param>
/// <param name="Decimals">The digits after the point, rounded half to even; null writes the value's own.</param>
/// <param name="Thousands">Whether thousands are separated by commas.</param>
/// <param name="Percent">Whether the value is multiplied by 100 and followed by a percent sign.</param>
public sealed record ReasonPart(string Literal, Expression? Value = null, int? Decimals = null, bool Thousands = false, bool Percent = false);
