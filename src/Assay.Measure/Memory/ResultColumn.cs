using Assay.Data;

namespace Assay.Measure.Memory;

/// <summary>A column of a result before it becomes cells: rounded to its scale and quick to compare, however many groups there are.</summary>
internal sealed class ResultColumn
{
    private readonly Vector _vector;
    private readonly TextPool _texts;
    private readonly Int128[]? _rounded;

    /// <param name="vector">The exact values.</param>
    /// <param name="count">How many.</param>
    /// <param name="column">The result's column.</param>
    /// <param name="texts">The pool of text values.</param>
    public ResultColumn(Vector vector, int count, Column column, TextPool texts)
    {
        _vector = vector;
        _texts = texts;
        Column = column;
        if (column.Type.IsNumeric && column.Type.Scale != vector.Type.Scale)
        {
            _rounded = new Int128[count];
            for (int row = 0; row < count; row++)
            {
                _rounded[row] = vector.IsNull(row) ? 0 : Decimals.Rescale(vector.Get(row), vector.Type.Scale, column.Type.Scale);
            }
        }
    }

    public Column Column { get; }

    public bool IsNull(int row) => _vector.IsNull(row);

    /// <summary>A number in units of the column's scale.</summary>
    public Int128 Number(int row) => _rounded is null ? _vector.Get(row) : _rounded[row];

    /// <summary>A cell as results hold it.</summary>
    public object? Cell(int row)
    {
        if (_vector.IsNull(row))
        {
            return null;
        }

        return Column.Type.IsNumeric ? Number(row) : Cells.Read(_vector, row, Column, _texts);
    }

    /// <summary>Compares two rows; a null is after everything, whatever the direction.</summary>
    public int Compare(int left, int right, bool descending)
    {
        if (_vector.HasNulls && (_vector.Nulls[left] || _vector.Nulls[right]))
        {
            return (_vector.Nulls[left] ? 1 : 0) - (_vector.Nulls[right] ? 1 : 0);
        }

        int order = _rounded is not null ? _rounded[left].CompareTo(_rounded[right])
            : Column.Type.Kind == ColumnKind.String ? CompareTexts((int)_vector.Values[left], (int)_vector.Values[right])
            : _vector.IsWide ? _vector.Wide[left].CompareTo(_vector.Wide[right])
            : _vector.Values[left].CompareTo(_vector.Values[right]);
        return descending ? -order : order;
    }

    /// <summary>UTF-8 bytes sort as code points do.</summary>
    private int CompareTexts(int left, int right) => left == right ? 0 : _texts[left].SequenceCompareTo(_texts[right]);
}
