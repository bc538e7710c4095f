namespace Assay.App.Server;

/// <summary>A file of a job's outputs.</summary>
/// <param name="Type">What clients ask for: the <c>file_type</c> of a download.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Content">Where it comes from.</param>
internal sealed record FileSetting(string Type, string Name, FileContent Content);
