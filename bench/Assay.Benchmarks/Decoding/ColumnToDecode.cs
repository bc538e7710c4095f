using Assay.Data;
using Assay.Refine;

namespace Assay.Benchmarks.Decoding;

/// <summary>The definition of a column whose decoder is measured.</summary>
internal static class ColumnToDecode
{
    public static ColumnDefinition Of(ColumnType type, params string[] formats) =>
        new() { Name = "value", Field = "value", Type = type, Formats = formats };
}
