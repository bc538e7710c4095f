using System.Numerics;
using System.Text;
using System.Text.Unicode;
using Assay.Data;
using Vector = Assay.Data.Vector;

namespace Assay.DuckDb.Native;

/// <summary>A column of a chunk that is being filled.</summary>
internal unsafe struct ChunkColumn
{
    private readonly nint _vector;
    private readonly void* _data;
    private readonly VectorLayout _layout;
    private ulong* _validity;

    public ChunkColumn(nint vector, void* data, VectorLayout layout)
    {
        _vector = vector;
        _data = data;
        _layout = layout;
    }

    /// <summary>Whether values of a type can be its cells.</summary>
    public readonly bool Takes(ColumnType type) => type.Kind switch
    {
        ColumnKind.String => _layout.Type == NativeType.Varchar,
        ColumnKind.Integer => _layout.Type is NativeType.BigInt or NativeType.Integer or NativeType.HugeInt
            || _layout is { Type: NativeType.Decimal, Scale: 0 },
        ColumnKind.Decimal => (_layout.Type == NativeType.Decimal && _layout.Scale == type.Scale)
            || (_layout.Type == NativeType.HugeInt && type.Scale == 0),
        ColumnKind.Boolean => _layout.Type == NativeType.Boolean,
        ColumnKind.Date => _layout.Type == NativeType.Date,
        _ => _layout.Type == NativeType.Timestamp,
    };

    public void SetNull(int row)
    {
        if (_validity is null)
        {
            NativeMethods.MakeValidityWritable(_vector);
            _validity = NativeMethods.VectorValidity(_vector);
        }

        _validity[row >> 6] &= ~(1UL << row);
    }

    public void SetNulls(Vector source, ReadOnlySpan<int> rows)
    {
        if (!source.HasNulls)
        {
            return;
        }

        bool[] nulls = source.Nulls;
        for (int i = 0; i < rows.Length; i++)
        {
            if (nulls[rows[i]])
            {
                SetNull(i);
            }
        }
    }

    public readonly int SetTexts(Vector source, RowBatch batch, ReadOnlySpan<int> rows, TextArena arena)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            if (!source.IsNull(row))
            {
                SetText(i, source.IsRaw ? source.Raw(batch.RawBytes, row) : batch.Texts[(int)source.Values[row]], arena);
            }
        }

        return -1;
    }

    public readonly void SetText(int row, ReadOnlySpan<byte> utf8, TextArena arena)
    {
        if (!Utf8.IsValid(utf8))
        {
            utf8 = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8));
        }

        NativeString* cell = (NativeString*)_data + row;
        *cell = default;
        cell->Length = (uint)utf8.Length;
        if (utf8.Length <= NativeString.MostInlined)
        {
            utf8.CopyTo(new Span<byte>(cell->Inlined, NativeString.MostInlined));
            return;
        }

        byte* kept = arena.Take(utf8.Length);
        utf8.CopyTo(new Span<byte>(kept, utf8.Length));
        utf8[..4].CopyTo(new Span<byte>(cell->Inlined, 4));
        cell->Pointer = kept;
    }

    /// <summary>Sets all cells; gives the first row whose number is too large, else -1.</summary>
    public readonly int SetNumbers(Vector source, ReadOnlySpan<int> rows) => _layout.Physical switch
    {
        NativeType.BigInt => Set(source, rows, (long*)_data),
        NativeType.Timestamp => Set(source, rows, (long*)_data),
        NativeType.Integer or NativeType.Date => Set(source, rows, (int*)_data),
        NativeType.SmallInt => Set(source, rows, (short*)_data),
        NativeType.Boolean => Set(source, rows, (byte*)_data),
        _ => Set(source, rows, (Int128*)_data),
    };

    /// <summary>Sets all cells, if they are of 128 bits.</summary>
    public readonly bool SetNumbers(ReadOnlySpan<Int128> cells)
    {
        if (_layout.Physical != NativeType.HugeInt)
        {
            return false;
        }

        cells.CopyTo(new Span<Int128>(_data, cells.Length));
        return true;
    }

    /// <summary>Sets all cells; gives the first row whose number is too large, else -1.</summary>
    /// <exception cref="DuckDbException">The column holds no numbers.</exception>
    public readonly int SetNumbers(ReadOnlySpan<long> cells) => _layout.Physical switch
    {
        NativeType.BigInt or NativeType.Timestamp => Set(cells, (long*)_data),
        NativeType.Integer or NativeType.Date => Set(cells, (int*)_data),
        NativeType.SmallInt => Set(cells, (short*)_data),
        NativeType.Boolean => Set(cells, (byte*)_data),
        NativeType.HugeInt => Set(cells, (Int128*)_data),
        _ => throw new DuckDbException($"A {_layout.Name} column holds no numbers."),
    };

    /// <summary>Null cells are set to 0, so that what is beside them decides nothing.</summary>
    private readonly int Set<T>(Vector source, ReadOnlySpan<int> rows, T* target)
        where T : unmanaged, IBinaryInteger<T>
    {
        (Int128 least, Int128 most) = Range<T>();
        if (source.IsWide)
        {
            Int128[] wide = source.Wide;
            for (int i = 0; i < rows.Length; i++)
            {
                Int128 value = source.IsNull(rows[i]) ? 0 : wide[rows[i]];
                if (value > most || value < least)
                {
                    return i;
                }

                target[i] = T.CreateTruncating(value);
            }

            return -1;
        }

        long[] values = source.Values;
        long high = Narrow(most);
        long low = Narrow(least);
        for (int i = 0; i < rows.Length; i++)
        {
            long value = source.IsNull(rows[i]) ? 0 : values[rows[i]];
            if (value > high || value < low)
            {
                return i;
            }

            target[i] = T.CreateTruncating(value);
        }

        return -1;
    }

    private readonly int Set<T>(ReadOnlySpan<long> cells, T* target)
        where T : unmanaged, IBinaryInteger<T>
    {
        (Int128 least, Int128 most) = Range<T>();
        long high = Narrow(most);
        long low = Narrow(least);
        for (int i = 0; i < cells.Length; i++)
        {
            if (cells[i] > high || cells[i] < low)
            {
                return i;
            }

            target[i] = T.CreateTruncating(cells[i]);
        }

        return -1;
    }

    private readonly (Int128 Least, Int128 Most) Range<T>()
        where T : unmanaged, IBinaryInteger<T>
    {
        if (_layout.Type == NativeType.Decimal)
        {
            Int128 most = Power(_layout.Width) - 1;
            return (-most, most);
        }

        return _layout.Type switch
        {
            NativeType.Boolean => (0, 1),
            NativeType.Integer or NativeType.Date => (int.MinValue, int.MaxValue),
            NativeType.HugeInt => (Int128.MinValue, Int128.MaxValue),
            _ => (long.MinValue, long.MaxValue),
        };
    }

    private static long Narrow(Int128 value) => (long)Int128.Clamp(value, long.MinValue, long.MaxValue);

    private static Int128 Power(int digits)
    {
        Int128 power = 1;
        for (int i = 0; i < digits; i++)
        {
            power *= 10;
        }

        return power;
    }
}
