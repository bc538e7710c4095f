namespace Assay.App.MockApi;

/// <summary>What stands around the records of a page: JSON text with places for what is known of the page.</summary>
/// <param name="Parts">Text, and the value that follows it; the last is text alone.</param>
internal sealed record Envelope(IReadOnlyList<(byte[] Text, EnvelopeValue? Value)> Parts)
{
    /// <summary>No envelope: the array of the records.</summary>
    public static Envelope None { get; } = new([([], EnvelopeValue.Records), ([], null)]);
}
