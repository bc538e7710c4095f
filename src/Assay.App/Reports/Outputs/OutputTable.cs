using Assay.Data;

namespace Assay.App.Reports;

/// <summary>Rows on their way into a document.</summary>
/// <param name="Schema">Their columns.</param>
/// <param name="Rows">The rows, to be gone through once; cells as <see cref="ResultTable"/> holds them.</param>
internal sealed record OutputTable(Schema Schema, IEnumerable<IReadOnlyList<object?>> Rows);
