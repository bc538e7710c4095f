namespace Assay.Read;

/// <summary>Why a source could not be read at all.</summary>
public enum ReadErrorKind
{
    /// <summary>The file is not there.</summary>
    NotFound,

    /// <summary>The file is there, but the system refuses to open or read it.</summary>
    Unreadable,

    /// <summary>The file has no bytes, or nothing but blank lines.</summary>
    Empty,

    /// <summary>The header is not well formed.</summary>
    BadHeader,

    /// <summary>A column that is needed is not in the header.</summary>
    MissingColumn,

    /// <summary>A column that is needed is in the header more than once.</summary>
    DuplicateColumn,

    /// <summary>Compressed data is damaged or ends early.</summary>
    Corrupt,

    /// <summary>The file has something that is never read, because it is not safe to.</summary>
    Refused,

    /// <summary>The text is in an encoding other than UTF-8.</summary>
    UnsupportedEncoding,

    /// <summary>The document has nothing at the place where its records should be.</summary>
    NoRecords,

    /// <summary>An API refuses, cannot be reached, or answers what cannot be used.</summary>
    Remote,
}
