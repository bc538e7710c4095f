namespace Assay.Read;

/// <summary>What comes after a block.</summary>
internal enum JsonBlockEnd
{
    /// <summary>The next line, or the file's end.</summary>
    Line,

    /// <summary>The next record of a list: the block ends with the comma before it.</summary>
    Comma,

    /// <summary>The list's closing bracket; or the block ends with the single record's closing brace.</summary>
    Closed,

    /// <summary>Nothing: the file ends within its list, or what closes the list is the block's last byte and not a bracket.</summary>
    Broken,

    /// <summary>More of a line that is too long to hold, of which nothing more is given.</summary>
    LongLine,

    /// <summary>More of a record that is too long to hold, of which nothing more is given.</summary>
    LongRecord,
}
