namespace Assay.Refine.Quality;

/// <summary>A rejected value, for the report.</summary>
/// <param name="File">Which of the source's files it stood in, from 0.</param>
/// <param name="Row">Its record's number in that file.</param>
/// <param name="Value">The raw value, masked when the column holds personal data.</param>
public sealed record FaultExample(int File, long Row, string Value);
