using Assay.Data;

namespace Assay.Store;

/// <summary>Some rows of a load, column by column. A text is told by its place and its length.</summary>
internal sealed class StagedSegment
{
    public const int RowBits = 12;
    public const int Capacity = 1 << RowBits;

    public StagedSegment(Schema schema)
    {
        int columns = schema.Columns.Count;
        Values = new long[columns][];
        Lengths = new int[columns][];
        Wide = new Int128[columns][];
        Nulls = new bool[columns][];
        for (int i = 0; i < columns; i++)
        {
            ParquetType physical = new ParquetColumn(schema.Columns[i].Name, schema.Columns[i].Type).Physical;
            Values[i] = physical == ParquetType.FixedBytes ? [] : new long[Capacity];
            Wide[i] = physical == ParquetType.FixedBytes ? new Int128[Capacity] : [];
            Lengths[i] = physical == ParquetType.Bytes ? new int[Capacity] : [];
            Nulls[i] = [];
            Bytes += (sizeof(long) * Values[i].Length) + (2 * sizeof(long) * Wide[i].Length) + (sizeof(int) * Lengths[i].Length);
        }
    }

    /// <summary>By column, its numbers, or the places of its texts (<see cref="ParquetCells.Place"/>).</summary>
    public long[][] Values { get; }

    /// <summary>By column, the bytes of its texts, -1 where one is missing; empty for other columns.</summary>
    public int[][] Lengths { get; }

    /// <summary>By column, its decimals that 64 bits do not hold; empty for other columns.</summary>
    public Int128[][] Wide { get; }

    /// <summary>By column, true where a number is missing; empty when none is.</summary>
    public bool[][] Nulls { get; }

    /// <summary>The rows' places in the input.</summary>
    public long[] Sequences { get; } = new long[Capacity];

    /// <summary>The rows' partitions.</summary>
    public int[] Partitions { get; } = new int[Capacity];

    /// <summary>How many rows there are.</summary>
    public int Count { get; set; }

    /// <summary>The memory it takes, texts left out.</summary>
    public long Bytes { get; }

    /// <summary>Whether a cell is missing.</summary>
    public bool IsNull(int column, int row) => Lengths[column].Length > 0 ? Lengths[column][row] < 0 : Nulls[column].Length > 0 && Nulls[column][row];

    /// <summary>Marks a number as missing.</summary>
    public void SetNull(int column, int row)
    {
        if (Nulls[column].Length == 0)
        {
            Nulls[column] = new bool[Capacity];
        }

        Nulls[column][row] = true;
    }
}
