namespace Assay.Data;

/// <summary>A parsed expression: a node of the tree that <c>ExpressionParser</c> gives.</summary>
/// <param name="Position">Where the node begins in its text, in characters from 0, for error messages.</param>
public abstract record Expression(int Position);
