namespace Assay.Data;

/// <summary>Why a row was set aside. The names, in snake_case, are stable: reports and quarantine files carry them.</summary>
public enum FaultCode : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The record has fewer fields than the header.</summary>
    ShortRow,

    /// <summary>The record has more fields than the header.</summary>
    LongRow,

    /// <summary>A quoted field is never closed, or goes on after its closing quote.</summary>
    BadQuote,

    /// <summary>A field is longer than 1 MiB.</summary>
    FieldTooLong,

    /// <summary>A record is longer than the reader's limit.</summary>
    RecordTooLong,

    /// <summary>The record is not valid UTF-8.</summary>
    InvalidUtf8,

    /// <summary>The record has a field more than once.</summary>
    RepeatedField,

    /// <summary>The record is not a JSON object, or not well formed, or nested too deeply.</summary>
    BadJson,

    /// <summary>A required value is missing.</summary>
    Required,

    /// <summary>The text is not a number.</summary>
    NotANumber,

    /// <summary>The number is not whole.</summary>
    NotAnInteger,

    /// <summary>The number has more digits after the point than the column keeps.</summary>
    TooManyDecimals,

    /// <summary>The number is too large for the column.</summary>
    OutOfRange,

    /// <summary>The text is in none of the declared date formats, or names a day that does not exist.</summary>
    NotADate,

    /// <summary>The text is neither true nor false.</summary>
    NotABoolean,

    /// <summary>The text is not an e-mail address.</summary>
    NotAnEmail,

    /// <summary>The text is not a telephone number.</summary>
    NotAPhone,

    /// <summary>The text does not match the declared pattern.</summary>
    NoMatch,

    /// <summary>The value is outside the declared bounds.</summary>
    NotBetween,

    /// <summary>The value is not one of those declared.</summary>
    NotAccepted,

    /// <summary>A declared check does not hold.</summary>
    CheckFailed,

    /// <summary>A derived value cannot be computed within 128 bits.</summary>
    Overflow,

    /// <summary>Records that repeat one another's key disagree in a value that should be the same.</summary>
    Conflicting,

    /// <summary>Another table set aside the record that this row is a line of.</summary>
    ParentRejected,

    /// <summary>A cleaning rule of the program's own refused the value.</summary>
    RuleFailed,

    /// <summary>The text has a NUL character in it, which not every database can hold.</summary>
    NulCharacter,

    /// <summary>The record has a field that is not known, and its table takes no such records.</summary>
    UnknownField,
}
