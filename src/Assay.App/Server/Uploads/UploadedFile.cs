namespace Assay.App.Server;

/// <summary>A file that was received.</summary>
/// <param name="Field">The form's field that it came in.</param>
/// <param name="Label">What the client calls it; never part of a path.</param>
/// <param name="Path">Where it lies, under a name of the server's own.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record UploadedFile(string Field, string Label, string Path, long Bytes);
