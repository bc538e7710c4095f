namespace Assay.Read;

/// <summary>What a CSV file is encoded in. A byte order mark counts before what is said here.</summary>
public enum CsvEncoding
{
    /// <summary>UTF-8.</summary>
    Utf8,

    /// <summary>UTF-16; without a byte order mark the low byte comes first unless the first character says otherwise.</summary>
    Utf16,

    /// <summary>ISO-8859-1.</summary>
    Latin1,

    /// <summary>windows-1252, which is what spreadsheets of western Windows write.</summary>
    Windows1252,
}
