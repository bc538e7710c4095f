using System.Numerics;
using Assay.Data;

namespace Assay.Sql;

/// <summary>Translates casts, and rounding where there is nothing to round.</summary>
internal static class Numbers
{
    public static SqlExpression Cast(ExpressionTranslation translation, CastExpression node)
    {
        SqlExpression value = translation.Translate(node.Operand);
        ColumnType type = node.Type;
        switch (type.Kind)
        {
            case ColumnKind.String:
                return value.Type.Kind == ColumnKind.String
                    ? value
                    : throw ExpressionTranslation.Refuse($"`cast` of {Name(value.Type)} to text");
            case ColumnKind.Date:
                return Functions.Date(value);
            case ColumnKind.Integer:
                return Whole(value, "`cast` to integer");
            case ColumnKind.Decimal when value.Type.Scale > type.Scale:
                throw ExpressionTranslation.Refuse($"`cast` to {type}, which rounds");
            case ColumnKind.Decimal:
                SqlExpression scaled = Conversion.To(value, type);
                return Magnitude.Of(scaled) < BigInteger.Pow(10, type.Precision)
                    ? scaled
                    : throw ExpressionTranslation.Refuse($"`cast` of {value.Type} to {type}, which may have too few digits,");
            default:
                return Conversion.To(value, type);
        }
    }

    public static SqlExpression Round(SqlExpression value, int digits) =>
        digits == 0 ? Whole(value, "`round`")
        : value.Type.Scale <= digits ? (value.Type.Scale == 0 ? Whole(value, "`round`") : value)
        : throw ExpressionTranslation.Refuse("`round`");

    /// <summary>A number without digits after the point, as an integer.</summary>
    public static SqlExpression Whole(SqlExpression value, string what) => value.Type.Scale == 0
        ? Conversion.To(value, ColumnType.Integer)
        : throw ExpressionTranslation.Refuse($"{what} of a number with digits after the point");

    private static string Name(ColumnType type) => type.Kind.ToString().ToLowerInvariant();
}
