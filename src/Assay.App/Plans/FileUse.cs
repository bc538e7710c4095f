namespace Assay.App.Plans;

/// <summary>What a run does with a file that it is given.</summary>
internal enum FileUse
{
    /// <summary>Reads it; what was read before is not asked for.</summary>
    Read,

    /// <summary>Loads it, as its content was never loaded.</summary>
    New,

    /// <summary>Leaves it out, as its content was loaded before.</summary>
    Seen,

    /// <summary>Leaves it out, as another file of the same run has the same content.</summary>
    Repeated,

    /// <summary>Loads it again from bronze.</summary>
    Again,

    /// <summary>Asks an API for it.</summary>
    Ask,
}
