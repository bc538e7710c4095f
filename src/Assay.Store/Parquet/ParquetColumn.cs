using Assay.Data;

namespace Assay.Store;

/// <summary>A column of a Parquet file; any of its cells may be missing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its cells are.</param>
internal sealed record ParquetColumn(string Name, ColumnType Type)
{
    /// <summary>The bytes of a decimal that 64 bits do not hold.</summary>
    public const int WideBytes = 16;

    /// <summary>Whether an integer has 32 bits.</summary>
    public bool IsShort { get; init; }

    /// <summary>Whether the smallest and largest text of a row group are told, by which readers leave row groups out.</summary>
    public bool HasBounds { get; init; } = true;

    /// <summary>How the cells are held. Decimals take the room that their digits need, as DuckDB has it.</summary>
    public ParquetType Physical => Type.Kind switch
    {
        ColumnKind.String => ParquetType.Bytes,
        ColumnKind.Boolean => ParquetType.Boolean,
        ColumnKind.Date => ParquetType.Int32,
        ColumnKind.Integer => IsShort ? ParquetType.Int32 : ParquetType.Int64,
        ColumnKind.Decimal => Type.Precision <= 9 ? ParquetType.Int32 : Type.Precision <= 18 ? ParquetType.Int64 : ParquetType.FixedBytes,
        _ => ParquetType.Int64,
    };
}
