using Assay.Data;

namespace Assay.Measure.Memory.Joins;

/// <summary>A column of a lookup table: growing arrays of text codes or of numbers; those for nulls and for more than 64 bits only when there are any.</summary>
internal sealed class LookupColumn
{
    private readonly bool _isText;
    private int[] _codes = [];
    private long[] _numbers = [];
    private Int128[]? _wide;
    private bool[]? _nulls;
    private int _count;

    public LookupColumn(ColumnType type) => _isText = type.Kind == ColumnKind.String;

    public bool IsText => _isText;

    /// <summary>Whether some cells need more than 64 bits.</summary>
    public bool IsWide => _wide is not null;

    /// <summary>The text codes of all rows.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    /// <summary>The cells of all rows that are not text, unless <see cref="IsWide"/>.</summary>
    public ReadOnlySpan<long> Numbers => _numbers;

    /// <summary>The cells of all rows when <see cref="IsWide"/>.</summary>
    public ReadOnlySpan<Int128> Wide => _wide;

    /// <summary>Which rows are null; empty when none is.</summary>
    public ReadOnlySpan<bool> Nulls => _nulls;

    public void Add(Vector from, int row, TextPool theirs, TextPool mine)
    {
        if (from.IsNull(row))
        {
            AddNull();
        }
        else if (_isText)
        {
            AddCode(mine.Intern(theirs[(int)from.Values[row]]));
        }
        else
        {
            AddNumber(from.Get(row));
        }
    }

    public void Merge(LookupColumn part, TextPool theirs, TextPool mine)
    {
        for (int row = 0; row < part._count; row++)
        {
            if (part._nulls is not null && part._nulls[row])
            {
                AddNull();
            }
            else if (_isText)
            {
                AddCode(mine.Intern(theirs[part._codes[row]]));
            }
            else
            {
                AddNumber(part._wide is not null ? part._wide[row] : part._numbers[row]);
            }
        }
    }

    private void AddNull()
    {
        MakeRoom();
        _nulls ??= new bool[Math.Max(_codes.Length, _numbers.Length)];
        _nulls[_count++] = true;
    }

    private void AddCode(int code)
    {
        MakeRoom();
        _codes[_count++] = code;
    }

    private void AddNumber(Int128 value)
    {
        MakeRoom();
        if (_wide is null && (long)value != value)
        {
            _wide = new Int128[_numbers.Length];
            for (int row = 0; row < _count; row++)
            {
                _wide[row] = _numbers[row];
            }
        }

        if (_wide is not null)
        {
            _wide[_count++] = value;
        }
        else
        {
            _numbers[_count++] = (long)value;
        }
    }

    private void MakeRoom()
    {
        int size = Math.Max(_codes.Length, _numbers.Length);
        if (_count < size)
        {
            return;
        }

        size = Math.Max(64, size * 2);
        if (_isText)
        {
            Array.Resize(ref _codes, size);
        }
        else
        {
            Array.Resize(ref _numbers, size);
        }

        if (_wide is not null)
        {
            Array.Resize(ref _wide, size);
        }

        if (_nulls is not null)
        {
            Array.Resize(ref _nulls, size);
        }
    }
}
