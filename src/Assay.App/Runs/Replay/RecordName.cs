namespace Assay.App.Runs;

/// <summary>What people know a record by.</summary>
/// <param name="RunId">A run that read it.</param>
/// <param name="File">Its file, as the quarantine of that run names it.</param>
/// <param name="Row">Its number in the file, 1 for the first.</param>
internal sealed record RecordName(string RunId, string File, long Row);
