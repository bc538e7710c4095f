using Assay.Store;

namespace Assay.App.Runs;

/// <summary>A record that a row of a replay takes the place of.</summary>
/// <param name="Row">The row's number in the replay's file.</param>
/// <param name="Record">The record, or the row that stood for it so far.</param>
/// <param name="File">Its file, with the run whose books it counts in.</param>
/// <param name="Name">What the quarantine of that run calls the file.</param>
internal sealed record ReplayTarget(long Row, RecordId Record, LoadedFile File, string Name);
