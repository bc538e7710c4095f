using System.Numerics;
using Assay.Data;
using Assay.DuckDb.Native;
using Vector = Assay.Data.Vector;

namespace Assay.DuckDb;

/// <summary>Copies chunks into batches.</summary>
internal static class BatchReader
{
    /// <summary>Copies rows of a column; its type was checked to be the target's.</summary>
    public static void Copy(DuckDbVector source, int start, int count, Vector target, RowBatch batch)
    {
        target.IsRaw = false;
        target.IsWide = false;
        CopyNulls(source, start, count, target);
        Span<long> values = target.Values.AsSpan(0, count);
        switch (source.Layout.Physical)
        {
            case NativeType.Varchar:
                CopyTexts(source, start, values, target, batch.Texts);
                break;
            case NativeType.BigInt or NativeType.Timestamp:
                source.Values<long>().Slice(start, count).CopyTo(values);
                break;
            case NativeType.Integer or NativeType.Date:
                Widen(source.Values<int>().Slice(start, count), values);
                break;
            case NativeType.SmallInt:
                Widen(source.Values<short>().Slice(start, count), values);
                break;
            case NativeType.Boolean or NativeType.UTinyInt:
                Widen(source.Values<byte>().Slice(start, count), values);
                break;
            case NativeType.HugeInt:
                CopyWide(source.Values<Int128>().Slice(start, count), values, target);
                break;
            case NativeType.TimestampSeconds:
                Scale(source.Values<long>().Slice(start, count), values, 1_000_000);
                break;
            case NativeType.TimestampMilliseconds:
                Scale(source.Values<long>().Slice(start, count), values, 1_000);
                break;
            default:
                CopyRare(source, start, values, target);
                break;
        }
    }

    private static void CopyNulls(DuckDbVector source, int start, int count, Vector target)
    {
        ReadOnlySpan<ulong> validity = source.Validity;
        target.HasNulls = false;
        if (validity.IsEmpty)
        {
            return;
        }

        Span<bool> nulls = target.Nulls.AsSpan(0, count);
        bool any = false;
        for (int i = 0; i < nulls.Length; i++)
        {
            int row = start + i;
            bool isNull = (validity[row >> 6] >> row & 1) == 0;
            nulls[i] = isNull;
            any |= isNull;
        }

        target.HasNulls = any;
    }

    private static void CopyTexts(DuckDbVector source, int start, Span<long> values, Vector target, TextPool texts)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = target.IsNull(i) ? 0 : texts.Intern(source.Text(start + i));
        }
    }

    private static void Widen<T>(ReadOnlySpan<T> cells, Span<long> values)
        where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < cells.Length; i++)
        {
            values[i] = long.CreateTruncating(cells[i]);
        }
    }

    private static void Scale(ReadOnlySpan<long> cells, Span<long> values, long factor)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            values[i] = cells[i] * factor;
        }
    }

    /// <summary>Cells that all fit in 64 bits stay narrow, which is what most sums of wide columns are made of.</summary>
    private static void CopyWide(ReadOnlySpan<Int128> cells, Span<long> values, Vector target)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            if (!target.IsNull(i) && cells[i] != (long)cells[i])
            {
                cells.CopyTo(target.Wide);
                target.IsWide = true;
                return;
            }

            values[i] = (long)cells[i];
        }
    }

    private static void CopyRare(DuckDbVector source, int start, Span<long> values, Vector target)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (target.IsNull(i))
            {
                continue;
            }

            Int128 cell = source.Number(start + i);
            if (cell > long.MaxValue)
            {
                Span<Int128> wide = target.Wide;
                for (int row = 0; row < values.Length; row++)
                {
                    wide[row] = target.IsNull(row) ? 0 : source.Number(start + row);
                }

                target.IsWide = true;
                return;
            }

            values[i] = (long)cell;
        }
    }
}
