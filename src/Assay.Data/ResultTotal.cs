namespace Assay.Data;

/// <summary>A named figure beside the rows of a <see cref="ResultTable"/>: one value, or an object of more figures.</summary>
/// <param name="Name">Its name; unique among its neighbours.</param>
/// <param name="Type">The value's type.</param>
/// <param name="Value">The value as a <see cref="ResultTable"/> holds a cell of that type; null when there is none.</param>
public sealed record ResultTotal(string Name, ColumnType Type, object? Value)
{
    /// <summary>Makes an object.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="members">Its members, in order.</param>
    public ResultTotal(string name, IReadOnlyList<ResultTotal> members)
        : this(name, default, null) => Members = members;

    /// <summary>The members of an object, in order; null for a single value.</summary>
    public IReadOnlyList<ResultTotal>? Members { get; }
}
