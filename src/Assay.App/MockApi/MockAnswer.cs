namespace Assay.App.MockApi;

/// <summary>What a request is answered with, faults aside.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">The body.</param>
/// <param name="NextAddress">The address of the next page, for the header <c>Link</c>; null when there is none.</param>
internal sealed record MockAnswer(int Status, byte[] Body, string? NextAddress = null);
