namespace Assay.Sql;

/// <summary>A statement as a database takes it.</summary>
/// <param name="Text">The text, with a placeholder for each parameter as the dialect writes them.</param>
/// <param name="Parameters">The values, in the order of the placeholders.</param>
public sealed record SqlText(string Text, IReadOnlyList<SqlValue> Parameters);
