using System.Text;

namespace Assay.Data;

/// <summary>Binds <c>weighted_choice(draw, seed, key, value, weight, …)</c>.</summary>
internal static class Drawing
{
    // With weights below 2^31, and as many as fit a line, their sum is far from 64 bits.
    private const int MostWeight = int.MaxValue;

    public static BoundExpression WeightedChoice(CallBinding call)
    {
        if (call.Count % 2 == 0)
        {
            throw new ExpressionException(
                "`weighted_choice` needs a weight after each value",
                call.Node.Position,
                "weighted_choice('channel', 42, customer_id, 'website', 50, 'mobile', 30, 'email', 20)");
        }

        ulong stream = SplitMix64.Number(Encoding.UTF8.GetBytes(call.WrittenText(0, "the name of the draw")));
        ulong seed = unchecked((ulong)call.WrittenNumber(1, "the seed", long.MinValue, long.MaxValue));
        var values = new List<string>();
        var ends = new List<ulong>();
        for (int i = 3; i < call.Count; i += 2)
        {
            values.Add(call.WrittenText(i, "a value"));
            ends.Add((ulong)call.WrittenNumber(i + 1, "a weight", 0, MostWeight) + (ends.Count > 0 ? ends[^1] : 0));
        }

        if (ends[^1] == 0)
        {
            throw new ExpressionException("`weighted_choice` needs a weight above 0", call.Node.Position);
        }

        var choice = new WeightedChoice(SplitMix64.State(seed, stream), values, [.. ends]);
        return Fold.Call(ColumnType.String, [Key(call)], (context, inputs) => new WeightedChoiceOperator(context, inputs[0], choice));
    }

    /// <summary>The key as text, as <c>to_string</c> writes it: a customer's number draws the same whether it is read as a
    /// number or as text. The operator writes whole numbers itself, so that keys do not fill the pool.</summary>
    private static BoundExpression Key(CallBinding call) =>
        call.Value(2) is { Type.Kind: ColumnKind.Integer } number ? number : Casting.ToText(call.Value(2));
}
