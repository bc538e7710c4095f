namespace Assay.Data;

/// <summary>The kinds of token in an expression's text.</summary>
internal enum TokenKind
{
    End,
    Name,
    QuotedName,
    Number,
    Text,
    Symbol,
}
