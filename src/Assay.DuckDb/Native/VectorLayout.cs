using System.Globalization;
using Assay.Data;

namespace Assay.DuckDb.Native;

/// <summary>How a vector's cells lie in memory.</summary>
/// <param name="Type">The logical type.</param>
/// <param name="Width">For decimals the digits, else 0.</param>
/// <param name="Scale">For decimals the digits after the point, else 0.</param>
internal readonly record struct VectorLayout(NativeType Type, int Width = 0, int Scale = 0)
{
    /// <summary>The type whose cells these are in memory: for decimals the integer that their width calls for.</summary>
    public NativeType Physical => Type != NativeType.Decimal ? Type : Width switch
    {
        <= 4 => NativeType.SmallInt,
        <= 9 => NativeType.Integer,
        <= 18 => NativeType.BigInt,
        _ => NativeType.HugeInt,
    };

    /// <summary>The type that holds every value without loss, or null.</summary>
    public ColumnType? ColumnType => Type switch
    {
        NativeType.Varchar => Data.ColumnType.String,
        NativeType.TinyInt or NativeType.SmallInt or NativeType.Integer or NativeType.BigInt
            or NativeType.UTinyInt or NativeType.USmallInt or NativeType.UInteger => Data.ColumnType.Integer,
        NativeType.UBigInt => Data.ColumnType.Decimal(20, 0),
        NativeType.HugeInt => Data.ColumnType.Decimal(Data.ColumnType.MaxPrecision, 0),
        NativeType.Decimal when Scale <= Data.ColumnType.MaxScale => Data.ColumnType.Decimal(Width, Scale),
        NativeType.Boolean => Data.ColumnType.Boolean,
        NativeType.Date => Data.ColumnType.Date,
        NativeType.Timestamp or NativeType.TimestampSeconds or NativeType.TimestampMilliseconds => Data.ColumnType.Timestamp,
        _ => null,
    };

    /// <summary>The type as DuckDB writes it, for messages.</summary>
    public string Name => Type switch
    {
        NativeType.Decimal => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({Width},{Scale})"),
        NativeType.TimestampSeconds => "TIMESTAMP_S",
        NativeType.TimestampMilliseconds => "TIMESTAMP_MS",
        NativeType.TimestampNanoseconds => "TIMESTAMP_NS",
        NativeType.TimestampZoned => "TIMESTAMP WITH TIME ZONE",
        _ => Enum.IsDefined(Type)
            ? Type.ToString().ToUpperInvariant()
            : string.Create(CultureInfo.InvariantCulture, $"DuckDB's type {(int)Type}"),
    };

    /// <summary>The layout of a logical type.</summary>
    public static VectorLayout Of(nint logicalType)
    {
        NativeType type = NativeMethods.TypeId(logicalType);
        return type == NativeType.Decimal
            ? new VectorLayout(type, NativeMethods.DecimalWidth(logicalType), NativeMethods.DecimalScale(logicalType))
            : new VectorLayout(type);
    }
}
