using Assay.Data;

namespace Assay.Refine;

/// <summary>A column computed from the others, row by row, exactly.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">How it is computed, over the table's columns and the derived ones before it.</param>
public sealed record DerivedColumn(string Name, Expression Value);
