using Assay.Data;

namespace Assay.Sql;

/// <summary>An expression of a statement, with the type that its value has in Assay. Numbers of different scales are
/// brought to one by <see cref="SqlOperation.Rescale"/> where an operation needs it, so that a database that keeps decimals
/// as whole numbers can say it, too.</summary>
/// <param name="Type">The type.</param>
public abstract record SqlExpression(ColumnType Type);
