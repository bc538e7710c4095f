namespace Assay.App.Server;

/// <summary>Says that an endpoint takes a form with a file, for the description of the API.</summary>
/// <param name="Field">The file's field.</param>
internal sealed record FormBody(string Field);
