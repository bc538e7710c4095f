using Assay.Data;

namespace Assay.App.Generate;

/// <summary>A number: a base times factors, brought to the declared scale, kept within limits.</summary>
internal sealed class NumberStep : BlockStep
{
    /// <summary>The number before the factors.</summary>
    public required NumberSource Base { get; init; }

    /// <summary>What it is multiplied by.</summary>
    public required IReadOnlyList<NumberSource> Factors { get; init; }

    /// <summary>Digits after the point of the result.</summary>
    public required int Scale { get; init; }

    /// <summary>Whether digits that do not fit the scale are cut off; else the result is rounded half to even.</summary>
    public required bool Truncate { get; init; }

    /// <summary>The least result, in units of the scale.</summary>
    public required long AtLeast { get; init; }

    /// <summary>The greatest result, in units of the scale.</summary>
    public required long AtMost { get; init; }

    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        Span<long> result = block.Slot(Slot);
        Base.Fill(block, result);
        int scale = Base.Scale;
        if (Factors.Count > 0)
        {
            long[] factor = block.Borrow();
            foreach (NumberSource source in Factors)
            {
                source.Fill(block, factor.AsSpan(0, result.Length));
                scale += source.Scale;
                for (int i = 0; i < result.Length; i++)
                {
                    result[i] *= factor[i];
                }
            }

            block.Return(factor);
        }

        Rescale(result, scale);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Math.Clamp(result[i], AtLeast, AtMost);
        }
    }

    private void Rescale(Span<long> values, int from)
    {
        if (from < Scale)
        {
            long up = (long)Decimals.PowerOfTen(Scale - from);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] *= up;
            }
        }
        else if (from > Scale)
        {
            Divide(values, (ulong)Decimals.PowerOfTen(from - Scale));
        }
    }

    // The processor's division would take a fifth of all the time. Multiplying by the reciprocal, rounded down,
    // gives the quotient or one less, and the rest tells which.
    private void Divide(Span<long> values, ulong divisor)
    {
        ulong reciprocal = ulong.MaxValue / divisor;
        ulong half = Truncate ? ulong.MaxValue : divisor / 2;
        for (int i = 0; i < values.Length; i++)
        {
            long value = values[i];
            ulong magnitude = (ulong)Math.Abs(value);
            ulong quotient = Math.BigMul(magnitude, reciprocal, out _);
            ulong rest = magnitude - (quotient * divisor);
            if (rest >= divisor)
            {
                quotient++;
                rest -= divisor;
            }

            if (rest > half || (rest == half && (quotient & 1) != 0))
            {
                quotient++;
            }

            values[i] = value < 0 ? -(long)quotient : (long)quotient;
        }
    }
}
