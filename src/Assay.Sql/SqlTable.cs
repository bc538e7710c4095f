namespace Assay.Sql;

/// <summary>A table of a database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns, in order.</param>
public sealed record SqlTable(string Name, IReadOnlyList<SqlColumn> Columns)
{
    /// <summary>The columns of its primary key; empty for none.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>The tables that its rows refer to.</summary>
    public IReadOnlyList<SqlReference> References { get; init; } = [];
}
