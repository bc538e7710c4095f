using Assay.Data;

namespace Assay;

/// <summary>A row of an <see cref="AssayTable"/>.</summary>
public sealed class AssayRow
{
    private readonly Schema _schema;
    private readonly object?[] _cells;

    internal AssayRow(Schema schema, object?[] cells)
    {
        _schema = schema;
        _cells = cells;
    }

    /// <summary>A value by its column's type: a <see cref="string"/>, <see cref="long"/>, <see cref="decimal"/>, <see cref="bool"/>,
    /// <see cref="DateOnly"/>, <see cref="DateTime"/> in the pipeline's time zone, or null.</summary>
    /// <param name="column">The column's name.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="OverflowException">A number has more digits than that type holds: take it as a <see cref="string"/>.</exception>
    public object? this[string column]
    {
        get
        {
            int at = Place(column);
            return Cells.Plain(_cells[at], _schema.Columns[at].Type);
        }
    }

    /// <summary>A value as a type.</summary>
    /// <typeparam name="T"><see cref="string"/> for any column, as CSV outputs have it; for whole numbers <see cref="int"/>,
    /// <see cref="long"/> or <see cref="Int128"/>; for all numbers <see cref="decimal"/> or <see cref="double"/>; else the column's own
    /// type. A nullable one where the value may be missing.</typeparam>
    /// <param name="column">The column's name.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidCastException">The column is not of that type, or the value is missing and <typeparamref name="T"/> cannot be null.</exception>
    /// <exception cref="OverflowException">The type has not enough digits for the value.</exception>
    public T Get<T>(string column)
    {
        int at = Place(column);
        ColumnType type = _schema.Columns[at].Type;
        Type wanted = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (_cells[at] is not { } cell)
        {
            return default(T) is null
                ? default!
                : throw new InvalidCastException($"`{column}` has no value in this row; ask for {wanted.Name}? instead of {wanted.Name}.");
        }

        return Cells.To(wanted, cell, type) is { } value
            ? (T)value
            : throw new InvalidCastException($"`{column}` is {type}, and cannot be taken as {wanted.Name}.");
    }

    private int Place(string column)
    {
        int at = _schema.IndexOf(column);
        return at >= 0 ? at : throw new KeyNotFoundException($"There is no column `{column}`; there are "
            + $"{string.Join(", ", _schema.Columns.Select(known => $"`{known.Name}`"))}.");
    }
}
