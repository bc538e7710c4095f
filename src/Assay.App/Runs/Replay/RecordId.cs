namespace Assay.App.Runs;

/// <summary>A record of a file in bronze, whatever the file was called and whichever run read it.</summary>
/// <param name="Sha256">The hash of the file's bytes.</param>
/// <param name="Row">The record's number in it, 1 for the first.</param>
internal readonly record struct RecordId(string Sha256, long Row);
