namespace Assay.App.Runs;

/// <summary>A field that a source's records have, though no column reads it and nobody said it is known.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where it is met first, in words; empty when that is not known.</param>
/// <param name="Values">How many records have it, when that was counted; else null.</param>
internal sealed record UnknownField(string Name, string Place, long? Values)
{
    /// <summary>Whether earlier runs did not have it; false in a pipeline's first run.</summary>
    public bool IsNew { get; init; }
}
