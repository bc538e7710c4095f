namespace Assay.App.Generate;

/// <summary>The parts of a timestamp format.</summary>
internal enum TimestampField
{
    /// <summary>Text as it stands.</summary>
    Literal,

    /// <summary>Four digits.</summary>
    Year,

    /// <summary>The English month's first three letters.</summary>
    MonthName,

    /// <summary>Two digits.</summary>
    Month,

    /// <summary>One or two digits.</summary>
    ShortMonth,

    /// <summary>Two digits.</summary>
    Day,

    /// <summary>One or two digits.</summary>
    ShortDay,

    /// <summary>Two digits, 00 to 23.</summary>
    Hour,

    /// <summary>One or two digits, 0 to 23.</summary>
    ShortHour,

    /// <summary>Two digits.</summary>
    Minute,

    /// <summary>Two digits.</summary>
    Second,
}
