namespace Assay.Data;

/// <summary>The columns of a table in their order; names are unique and compared exactly.</summary>
public sealed class Schema
{
    private readonly Dictionary<string, int> _ordinals;

    /// <summary>Makes a schema of these columns.</summary>
    /// <param name="columns">The columns, in order.</param>
    /// <exception cref="ArgumentException">Two columns have the same name.</exception>
    public Schema(IReadOnlyList<Column> columns)
    {
        Columns = columns;
        _ordinals = new Dictionary<string, int>(columns.Count, StringComparer.Ordinal);
        for (int i = 0; i < columns.Count; i++)
        {
            if (!_ordinals.TryAdd(columns[i].Name, i))
            {
                throw new ArgumentException($"Column '{columns[i].Name}' is there twice.", nameof(columns));
            }
        }
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Where a column stands.</summary>
    /// <param name="name">The column's exact name.</param>
    /// <returns>Its place from 0, or -1 when there is none of that name.</returns>
    public int IndexOf(string name) => _ordinals.TryGetValue(name, out int ordinal) ? ordinal : -1;
}
