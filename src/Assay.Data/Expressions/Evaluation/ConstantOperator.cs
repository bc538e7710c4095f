namespace Assay.Data;

/// <summary>A constant as a vector, filled once, and again for text when the pool was emptied.</summary>
internal sealed class ConstantOperator : VectorOperator
{
    private readonly Vector _vector;
    private readonly byte[]? _text;
    private int _generation = -1;

    public ConstantOperator(EvaluationContext context, BoundConstant constant)
        : base(context, constant.Type)
    {
        Constant = constant;
        _vector = new Vector(context.Capacity) { Type = constant.Type, HasNulls = constant.IsNull };
        Array.Fill(_vector.Nulls, constant.IsNull);
        long narrow = (long)constant.Units;
        if (narrow == constant.Units)
        {
            Array.Fill(_vector.Values, narrow);
        }
        else
        {
            _vector.IsWide = true;
            Array.Fill(_vector.Wide, constant.Units);
        }

        _text = constant.Text is null ? null : System.Text.Encoding.UTF8.GetBytes(constant.Text);
    }

    public BoundConstant Constant { get; }

    protected override Vector Compute(RowBatch batch)
    {
        if (_text is not null && _generation != Context.Texts.Generation)
        {
            _generation = Context.Texts.Generation;
            Array.Fill(_vector.Values, Context.Texts.Intern(_text));
        }

        return _vector;
    }
}
