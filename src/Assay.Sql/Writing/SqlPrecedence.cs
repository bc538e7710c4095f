namespace Assay.Sql;

/// <summary>How tightly a piece of SQL holds together, loosest first. Where databases differ (text operators, <c>NOT</c>,
/// signs), pieces are put in parentheses.</summary>
internal enum SqlPrecedence
{
    Or,
    And,
    Not,
    Comparison,
    Concat,
    Sum,
    Product,
    Primary,
}
