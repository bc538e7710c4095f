namespace Assay.Read;

/// <summary>What a character is made of in a file.</summary>
internal enum TextEncodingKind
{
    /// <summary>UTF-8: nothing is to be done.</summary>
    Utf8,

    /// <summary>UTF-16, low byte first.</summary>
    LittleEndian,

    /// <summary>UTF-16, high byte first.</summary>
    BigEndian,

    /// <summary>One byte each.</summary>
    Single,
}
