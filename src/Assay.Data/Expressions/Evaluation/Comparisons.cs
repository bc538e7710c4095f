namespace Assay.Data;

/// <summary>Chooses the operator of a comparison.</summary>
internal static class Comparisons
{
    public static BinaryOperator Flip(BinaryOperator op) => op switch
    {
        BinaryOperator.Less => BinaryOperator.Greater,
        BinaryOperator.LessOrEqual => BinaryOperator.GreaterOrEqual,
        BinaryOperator.Greater => BinaryOperator.Less,
        BinaryOperator.GreaterOrEqual => BinaryOperator.LessOrEqual,
        _ => op,
    };

    public static VectorOperator Create(BinaryOperator op, EvaluationContext context, VectorOperator left, VectorOperator right)
    {
        if (left is ConstantOperator && right is not ConstantOperator)
        {
            return Create(Flip(op), context, right, left);
        }

        return right is ConstantOperator { Constant: { IsNull: false } constant } && left.Type.Scale != right.Type.Scale
            ? AtScaleOf(left, op, context, constant)
            : AtOneWidth(op, context, left, right);
    }

    /// <summary>Brings a constant to the scale of what it is compared with, so that no row has to be rescaled.</summary>
    private static VectorOperator AtScaleOf(VectorOperator left, BinaryOperator op, EvaluationContext context, BoundConstant constant)
    {
        int scale = left.Type.Scale;
        int finer = constant.Type.Scale - scale;
        if (finer < 0)
        {
            if (!Wide.TryMultiply(constant.Units, Decimals.PowerOfTen(-finer), out Int128 scaled))
            {
                // Larger than anything a row can hold.
                int sign = Int128.Sign(constant.Units);
                return new DecidedOperator(context, left, Holds(op, -sign));
            }

            return AtOneWidth(op, context, left, new ConstantOperator(context, BoundConstant.Of(left.Type, scaled)));
        }

        // With c between the neighbours f and f + 1: x < c and x <= c say x <= f, x > c and x >= c say x > f.
        (Int128 floor, Int128 rest) = Int128.DivRem(constant.Units, Decimals.PowerOfTen(finer));
        if (rest != 0)
        {
            floor -= rest < 0 ? 1 : 0;
            switch (op)
            {
                case BinaryOperator.Equal or BinaryOperator.NotEqual:
                    return new DecidedOperator(context, left, op == BinaryOperator.NotEqual);
                case BinaryOperator.Less:
                    op = BinaryOperator.LessOrEqual;
                    break;
                case BinaryOperator.GreaterOrEqual:
                    op = BinaryOperator.Greater;
                    break;
            }
        }

        return AtOneWidth(op, context, left, new ConstantOperator(context, BoundConstant.Of(left.Type, floor)));
    }

    private static VectorOperator AtOneWidth(BinaryOperator op, EvaluationContext context, VectorOperator left, VectorOperator right) =>
        op switch
        {
            BinaryOperator.Equal => new CompareOperator<EqualTo>(context, left, right),
            BinaryOperator.NotEqual => new CompareOperator<NotEqualTo>(context, left, right),
            BinaryOperator.Less => new CompareOperator<LessThan>(context, left, right),
            BinaryOperator.LessOrEqual => new CompareOperator<LessThanOrEqualTo>(context, left, right),
            BinaryOperator.Greater => new CompareOperator<GreaterThan>(context, left, right),
            _ => new CompareOperator<GreaterThanOrEqualTo>(context, left, right),
        };

    public static bool Holds(BinaryOperator op, int order) => op switch
    {
        BinaryOperator.Equal => order == 0,
        BinaryOperator.NotEqual => order != 0,
        BinaryOperator.Less => order < 0,
        BinaryOperator.LessOrEqual => order <= 0,
        BinaryOperator.Greater => order > 0,
        _ => order >= 0,
    };
}
