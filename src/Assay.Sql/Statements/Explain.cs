namespace Assay.Sql;

/// <summary>Asks how a statement would be run.</summary>
/// <param name="Statement">The statement.</param>
public sealed record Explain(SelectStatement Statement) : SqlStatement;
