namespace Assay.App.MockApi;

/// <summary>How only what is new is asked for.</summary>
/// <param name="Field">The field of a record that tells when it changed, at its top level.</param>
/// <param name="Parameter">The query parameter: records are listed whose field is at or after its value.</param>
internal sealed record MockIncremental(string Field, string Parameter);
