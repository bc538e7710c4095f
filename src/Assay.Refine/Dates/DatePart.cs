namespace Assay.Refine.Dates;

/// <summary>What a piece of a date format stands for.</summary>
internal enum DatePart
{
    Literal,
    Space,
    Year,

    /// <summary>The last two digits of a year from 1969 to 2068.</summary>
    ShortYear,
    Month,
    MonthName,
    Day,
    Hour,
    Minute,
    Second,
    Fraction,

    /// <summary>How far local time is ahead of UTC: <c>Z</c>, <c>+05:30</c> or <c>+0530</c>.</summary>
    Offset,

    /// <summary>The same, or nothing.</summary>
    OptionalOffset,

    /// <summary>A <c>Z</c>, for UTC.</summary>
    Utc,
}
