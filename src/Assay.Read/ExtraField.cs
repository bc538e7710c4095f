namespace Assay.Read;

/// <summary>A field that records have though nobody asked for it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">The first file that has it: its place in <see cref="IRecordSource.Files"/>; null when that is not known.</param>
/// <param name="Row">The number of the first record that has it, from 1 in its file; null when that is not known.</param>
/// <param name="Values">How many records have it, when that was to be counted; else null.</param>
public sealed record ExtraField(string Name, int? File = null, long? Row = null, long? Values = null);
