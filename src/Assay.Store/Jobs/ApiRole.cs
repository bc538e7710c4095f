namespace Assay.Store;

/// <summary>What the holder of an API key may do; each role includes those before it.</summary>
public enum ApiRole
{
    /// <summary>Look at everything but masked data.</summary>
    Read,

    /// <summary>Also start jobs, and stop, retry and delete their own.</summary>
    Run,

    /// <summary>Everything.</summary>
    Admin,
}
