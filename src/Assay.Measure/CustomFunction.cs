using Assay.Data;

namespace Assay.Measure;

/// <summary>An aggregate that a program registered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ResultType">The type of its result by that of its argument; null when it takes no such argument.</param>
/// <param name="Start">Makes the empty state of a group.</param>
internal sealed record CustomFunction(string Name, Func<ColumnType, ColumnType?> ResultType, Func<ColumnType, ICustomAggregate> Start);
