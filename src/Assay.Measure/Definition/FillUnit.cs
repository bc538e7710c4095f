namespace Assay.Measure;

/// <summary>The steps of a calendar whose gaps are filled with empty groups.</summary>
public enum FillUnit
{
    /// <summary>Months, as <c>year_month</c> writes them.</summary>
    Month,

    /// <summary>Days, as dates.</summary>
    Day,
}
