namespace Assay.Data;

/// <summary>The kinds of value a column can hold.</summary>
public enum ColumnKind
{
    /// <summary>UTF-8 text; in a batch a code of the batch's <see cref="TextPool"/>.</summary>
    String,

    /// <summary>A whole number that fits in 64 bits.</summary>
    Integer,

    /// <summary>An exact decimal: a whole number of units of 10^-scale.</summary>
    Decimal,

    /// <summary>True or false, held as 1 or 0.</summary>
    Boolean,

    /// <summary>A calendar date, held as days since 1970-01-01.</summary>
    Date,

    /// <summary>A moment without a zone of its own, held as microseconds since 1970-01-01T00:00:00.</summary>
    Timestamp,
}
