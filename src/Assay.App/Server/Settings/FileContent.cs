namespace Assay.App.Server;

/// <summary>Where a file of a job's outputs comes from.</summary>
internal enum FileContent
{
    /// <summary>The run published it.</summary>
    Published,

    /// <summary>The server writes the job's figures into it.</summary>
    Counts,

    /// <summary>The server describes the other files in it.</summary>
    Dictionary,
}
