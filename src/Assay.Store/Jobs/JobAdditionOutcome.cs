namespace Assay.Store;

/// <summary>Whether a job was added.</summary>
public enum JobAdditionOutcome
{
    /// <summary>It waits for its turn now.</summary>
    Added,

    /// <summary>The same was asked for before, under the same key; nothing was added.</summary>
    AskedBefore,

    /// <summary>Its key was given with another request before; nothing was added.</summary>
    KeyOfAnother,

    /// <summary>As many jobs wait as may; nothing was added.</summary>
    QueueFull,
}
