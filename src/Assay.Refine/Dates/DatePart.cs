namespace Assay.Refine.Dates;

/// <summary>What a piece of a date format stands for.</summary>
internal enum DatePart
{
    Literal,
    Space,
    Year,
    Month,
    MonthName,
    Day,
    Hour,
    Minute,
    Second,
    Fraction,
}
