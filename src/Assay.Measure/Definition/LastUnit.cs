namespace Assay.Measure;

/// <summary>The units that the length of a window of time is given in.</summary>
public enum LastUnit
{
    /// <summary>Hours; of timestamps only.</summary>
    Hour,

    /// <summary>Days of 24 hours.</summary>
    Day,

    /// <summary>Weeks of seven days.</summary>
    Week,

    /// <summary>Calendar months; the day is cut to the length of the month it falls in.</summary>
    Month,
}
