using Assay.Data;
using Assay.Measure.Memory.Joins;

namespace Assay.Measure;

/// <summary>
/// A table that others join: some of its columns in memory, found by a unique key. Filled by one thread, or in parts that
/// are merged; then only read, by all workers at once.
/// </summary>
/// <remarks>A text takes four bytes a row and its bytes once however often it is there; anything else eight bytes a row.</remarks>
public sealed class LookupTable
{
    private readonly int _keyOrdinal;
    private readonly int[] _ordinals;
    private readonly LookupColumn[] _columns;
    private readonly LookupIndex _index;

    /// <summary>Makes an empty table.</summary>
    /// <param name="schema">The columns of the batches that will be added.</param>
    /// <param name="key">The key column; no two rows have the same. Rows without a key are left out: nothing finds them.</param>
    /// <param name="columns">The columns to keep (<see cref="KpiPlan.JoinedColumns"/>).</param>
    /// <exception cref="ArgumentException">The schema has no such column.</exception>
    public LookupTable(Schema schema, string key, IReadOnlyCollection<string> columns)
    {
        _keyOrdinal = Ordinal(schema, key);
        _ordinals = [.. columns.Select(column => Ordinal(schema, column))];
        Key = schema.Columns[_keyOrdinal];
        Schema = new Schema([.. _ordinals.Select(ordinal => schema.Columns[ordinal])]);
        _columns = [.. Schema.Columns.Select(column => new LookupColumn(column.Type))];
        _index = Key.Type.Kind == ColumnKind.String ? new TextLookupIndex() : new NumberLookupIndex();
    }

    /// <summary>The key column.</summary>
    public Column Key { get; }

    /// <summary>The columns that are kept.</summary>
    public Schema Schema { get; }

    /// <summary>How many rows it has.</summary>
    public int Count => _index.Count;

    /// <summary>The texts of its columns.</summary>
    internal TextPool Texts { get; } = new();

    /// <summary>Finds rows by their keys.</summary>
    internal LookupIndex Index => _index;

    internal IReadOnlyList<LookupColumn> Columns => _columns;

    /// <summary>Adds rows.</summary>
    /// <param name="batch">The rows, of the schema that the table was made for; they are not kept.</param>
    /// <exception cref="InvalidOperationException">Two rows have the same key.</exception>
    /// <exception cref="OverflowException">A key needs more than 64 bits.</exception>
    public void Add(RowBatch batch)
    {
        Vector key = batch.Column(_keyOrdinal);
        var columns = new Vector[_columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = batch.Column(_ordinals[i]);
        }

        for (int row = 0; row < batch.Count; row++)
        {
            if (key.IsNull(row))
            {
                continue;
            }

            if (!_index.TryAdd(key, row, batch.Texts))
            {
                throw Twin();
            }

            for (int i = 0; i < columns.Length; i++)
            {
                _columns[i].Add(columns[i], row, batch.Texts, Texts);
            }
        }
    }

    /// <summary>Adds the rows of a part.</summary>
    /// <param name="part">A table made in the same way, with other rows; it is used up.</param>
    /// <exception cref="InvalidOperationException">Two rows have the same key.</exception>
    public void Merge(LookupTable part)
    {
        if (!_index.TryMerge(part._index))
        {
            throw Twin();
        }

        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i].Merge(part._columns[i], part.Texts, Texts);
        }
    }

    private InvalidOperationException Twin() =>
        new($"Two rows of a joined table have the same key `{Key.Name}`: the table must be without duplicates before it is joined.");

    private static int Ordinal(Schema schema, string column) => schema.IndexOf(column) is >= 0 and int ordinal
        ? ordinal
        : throw new ArgumentException($"There is no column `{column}`.", nameof(column));
}
