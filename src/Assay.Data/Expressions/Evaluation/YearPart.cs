namespace Assay.Data;

/// <summary>The parts of a year that text can name.</summary>
internal enum YearPart
{
    /// <summary>As in 2024-03.</summary>
    Month,

    /// <summary>As in 2024-Q1.</summary>
    Quarter,
}
