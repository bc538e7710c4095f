namespace Assay.App.Quarantine;

/// <summary>What the rows that a run set aside mean today.</summary>
internal enum QuarantineStanding
{
    /// <summary>They are missing in what is published.</summary>
    Counts,

    /// <summary>A later run took the place of theirs: all of silver was rebuilt, or the pipeline keeps none.</summary>
    Replaced,

    /// <summary>Their run did not come to its end, and published nothing.</summary>
    Unpublished,
}
