namespace Assay.Store;

/// <summary>How Parquet holds a column's cells, by the format's own numbers.</summary>
internal enum ParquetType
{
    Boolean = 0,
    Int32 = 1,
    Int64 = 2,
    Bytes = 6,
    FixedBytes = 7,
}
