using Assay.Data;

namespace Assay.Sql;

/// <summary>A value that an earlier statement will give. It can be shown, as <c>:name</c>, but not run.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Type">Its type.</param>
public sealed record SqlPlaceholder(string Name, ColumnType Type) : SqlExpression(Type);
