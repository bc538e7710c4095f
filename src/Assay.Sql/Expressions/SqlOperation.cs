namespace Assay.Sql;

/// <summary>Operations; what they do is what the expressions of the same names do. A dialect that cannot do one with
/// the same result says so.</summary>
public enum SqlOperation
{
    /// <summary>a + b, of one scale.</summary>
    Add,

    /// <summary>a − b, of one scale.</summary>
    Subtract,

    /// <summary>a · b; the scales add up.</summary>
    Multiply,

    /// <summary>The remainder with the dividend's sign, of one scale; null when the divisor is 0.</summary>
    Modulo,

    /// <summary>The same number at an equal or larger scale.</summary>
    Rescale,

    /// <summary>a = b.</summary>
    Equal,

    /// <summary>a &lt;&gt; b.</summary>
    NotEqual,

    /// <summary>a &lt; b.</summary>
    Less,

    /// <summary>a &lt;= b.</summary>
    LessOrEqual,

    /// <summary>a &gt; b.</summary>
    Greater,

    /// <summary>a &gt;= b.</summary>
    GreaterOrEqual,

    /// <summary>All are true.</summary>
    And,

    /// <summary>One is true.</summary>
    Or,

    /// <summary>Not.</summary>
    Not,

    /// <summary>a is null.</summary>
    IsNull,

    /// <summary>a is not null.</summary>
    IsNotNull,

    /// <summary>The first argument is one of the others, which are values; as SQL's <c>IN</c> unknown when it is not and one is null.</summary>
    In,

    /// <summary>The first argument that is not null.</summary>
    Coalesce,

    /// <summary>The least of the arguments, at least two; null when one is.</summary>
    Least,

    /// <summary>The greatest of the arguments, at least two; null when one is.</summary>
    Greatest,

    /// <summary>Without its sign.</summary>
    Absolute,

    /// <summary>−1, 0 or 1.</summary>
    Sign,

    /// <summary>Texts, one after the other; null when one is.</summary>
    Concat,

    /// <summary>The number of code points.</summary>
    Length,

    /// <summary>Whether the first text has the second in it.</summary>
    Contains,

    /// <summary>Whether the first text starts with the second.</summary>
    StartsWith,

    /// <summary>The first text with the second replaced by the third.</summary>
    Replace,

    /// <summary>Part of a text: from a place, a value of at least 1, and how many code points, a value of at least 0; without
    /// that to the end.</summary>
    Substring,

    /// <summary>A date as a timestamp.</summary>
    DateToTimestamp,

    /// <summary>The date of a moment.</summary>
    Date,

    /// <summary>The year.</summary>
    Year,

    /// <summary>The quarter, from 1.</summary>
    Quarter,

    /// <summary>The month, from 1.</summary>
    Month,

    /// <summary>The day of the month.</summary>
    Day,

    /// <summary>The day of the week, as the expression <c>weekday</c> counts.</summary>
    Weekday,

    /// <summary>The weekday's English name.</summary>
    WeekdayName,

    /// <summary>The month's English name.</summary>
    MonthName,

    /// <summary>The hour.</summary>
    Hour,

    /// <summary>The minute.</summary>
    Minute,

    /// <summary>Year and month, such as 2024-03.</summary>
    YearMonth,

    /// <summary>Year and quarter, such as 2024-Q1.</summary>
    YearQuarter,

    /// <summary>A moment later by a number of units: number, moment. A day that the month does not have becomes its last.</summary>
    DateAdd,

    /// <summary>The whole units from one timestamp to another, cut off toward zero: from, to.</summary>
    DateDifference,
}
