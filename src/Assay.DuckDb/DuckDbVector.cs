using System.Runtime.CompilerServices;
using Assay.DuckDb.Native;

namespace Assay.DuckDb;

/// <summary>A column of one chunk, seen where DuckDB holds it.</summary>
public readonly unsafe ref struct DuckDbVector
{
    private readonly void* _data;
    private readonly ulong* _validity;

    internal DuckDbVector(VectorLayout layout, void* data, ulong* validity, int count)
    {
        Layout = layout;
        _data = data;
        _validity = validity;
        Count = count;
    }

    /// <summary>Its rows.</summary>
    public int Count { get; }

    /// <summary>A bit a row, lowest first, set where there is a value; empty when every row has one.</summary>
    public ReadOnlySpan<ulong> Validity => _validity is null ? [] : new(_validity, (Count + 63) / 64);

    internal VectorLayout Layout { get; }

    /// <summary>Whether a row has no value.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <returns>True when it is null.</returns>
    public bool IsNull(int row) => _validity is not null && (_validity[row >> 6] >> row & 1) == 0;

    /// <summary>The cells as they lie in memory; null ones hold anything.</summary>
    /// <typeparam name="T">The cells' type: <see cref="long"/> for BIGINT, TIMESTAMP and DECIMAL of 10 to 18 digits,
    /// <see cref="int"/> for INTEGER, DATE and DECIMAL of 5 to 9, <see cref="short"/> for DECIMAL of up to 4,
    /// <see cref="Int128"/> for HUGEINT and DECIMAL of more than 18, <see cref="byte"/> for BOOLEAN.</typeparam>
    /// <returns>The cells.</returns>
    /// <exception cref="InvalidOperationException">The cells are not of that size.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged => sizeof(T) == CellSize(Layout.Physical)
            ? new(_data, Count)
            : throw new InvalidOperationException($"{Layout.Name} does not lie in memory as {typeof(T).Name}.");

    /// <summary>The text of a VARCHAR cell; it is valid as long as the chunk.</summary>
    /// <param name="row">A row that is not null, from 0.</param>
    /// <returns>The text as UTF-8.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Text(int row)
    {
        NativeString* text = (NativeString*)_data + row;
        return new(text->Length <= NativeString.MostInlined ? text->Inlined : text->Pointer, (int)text->Length);
    }

    /// <summary>A cell of any kind of number, boolean, date or timestamp, as an integer: decimals in units of
    /// 10^-scale, dates in days and timestamps in their own unit since 1970.</summary>
    /// <param name="row">A row that is not null, from 0.</param>
    /// <returns>The cell.</returns>
    /// <exception cref="InvalidOperationException">The column is of another kind.</exception>
    public Int128 Number(int row) => Layout.Physical switch
    {
        NativeType.Boolean or NativeType.UTinyInt => ((byte*)_data)[row],
        NativeType.TinyInt => ((sbyte*)_data)[row],
        NativeType.SmallInt => ((short*)_data)[row],
        NativeType.USmallInt => ((ushort*)_data)[row],
        NativeType.Integer or NativeType.Date => ((int*)_data)[row],
        NativeType.UInteger => ((uint*)_data)[row],
        NativeType.BigInt or NativeType.Timestamp or NativeType.TimestampSeconds or NativeType.TimestampMilliseconds
            => ((long*)_data)[row],
        NativeType.UBigInt => ((ulong*)_data)[row],
        NativeType.HugeInt => ((Int128*)_data)[row],
        _ => throw new InvalidOperationException($"{Layout.Name} is not a whole number."),
    };

    private static int CellSize(NativeType physical) => physical switch
    {
        NativeType.Boolean or NativeType.TinyInt or NativeType.UTinyInt => 1,
        NativeType.SmallInt or NativeType.USmallInt => 2,
        NativeType.Integer or NativeType.UInteger or NativeType.Date or NativeType.Float => 4,
        NativeType.HugeInt or NativeType.Varchar => 16,
        _ => 8,
    };
}
