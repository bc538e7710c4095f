namespace Assay.Data;

/// <summary>How tightly a node binds, loosest first, as in PostgreSQL (its manual, 4.1.6 "Operator Precedence").</summary>
internal enum Precedence
{
    Or,
    And,
    Not,
    Is,
    Comparison,
    Range,
    Concat,
    Sum,
    Product,
    Sign,
    Primary,
    Never,
}
