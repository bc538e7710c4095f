using Assay.Data;

namespace Assay.Sql;

/// <summary>A value that an earlier statement will give. It can be shown, as <c>:name</c>, but not run.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Type">Its type.</param>
public sealed record SqlPlaceholder(string Name, ColumnType Type) : SqlExpression(Type)
{
    /// <summary>What is computed with such values beforehand, such as <c>10 * :avg_revenue</c>: shown instead of the name.</summary>
    public string? Formula { get; init; }

    /// <summary>Whether <see cref="Formula"/> is a sum or difference, else it is a product.</summary>
    public bool IsSum { get; init; }
}
