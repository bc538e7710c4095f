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

    /// <summary>The same number at a larger scale.</summary>
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

    /// <summary>The first argument is one of the others.</summary>
    In,

    /// <summary>The first argument that is not null.</summary>
    Coalesce,

    /// <summary>The least of the arguments that are not null.</summary>
    Least,

    /// <summary>The greatest of the arguments that are not null.</summary>
    Greatest,

    /// <summary>Without its sign.</summary>
    Absolute,

    /// <summary>−1, 0 or 1.</summary>
    Sign,

    /// <summary>Texts, one after the other.</summary>
    Concat,

    /// <summary>The number of code points.</summary>
    Length,

    /// <summary>Whether the first text has the second in it.</summary>
    Contains,

    /// <summary>Whether the first text starts with the second.</summary>
    StartsWith,

    /// <summary>The first text with the second replaced by the third.</summary>
    Replace,

    /// <summary>Part of a text: from a place, and how many code points.</summary>
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

    /// <summary>A moment later by a number of units: number, moment.</summary>
    DateAdd,

    /// <summary>The whole units from one moment to another: from, to.</summary>
    DateDifference,
}
