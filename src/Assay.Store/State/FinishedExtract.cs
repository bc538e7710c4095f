namespace Assay.Store;

/// <summary>An extract whose pages a run loaded.</summary>
/// <param name="Owner">Whose it is.</param>
/// <param name="Id">Its number, from <see cref="PageState.Begin"/>.</param>
/// <param name="Watermark">How far it came, for the next one to begin with; null leaves it as it is.</param>
public sealed record FinishedExtract(PageOwner Owner, long Id, string? Watermark)
{
    /// <summary>Whether pages that it did not meet are forgotten, as their addresses will not be asked for again.</summary>
    public bool ForgetsOthers { get; init; }
}
