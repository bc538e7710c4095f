namespace Assay.App.Generate;

/// <summary>Decides which errors a row gets: a bit per kind, those of <c>afterwards</c> above the others.</summary>
internal sealed class ErrorStep : BlockStep
{
    /// <summary>A slot holds one bit per kind, and the sign bit stays clear.</summary>
    public const int MostKinds = 63;

    private readonly int _kinds;
    private readonly AliasTable? _weights;
    private readonly ulong[] _thresholds;

    /// <summary>Prepares the choice.</summary>
    /// <param name="kinds">The kinds of which one is chosen.</param>
    /// <param name="afterwards">The kinds that may come on top of it.</param>
    public ErrorStep(IReadOnlyList<ErrorKind> kinds, IReadOnlyList<ErrorKind> afterwards)
    {
        _kinds = kinds.Count;
        _weights = kinds.Count == 0 ? null : new AliasTable([.. kinds.Select(kind => kind.Weight)]);
        _thresholds = [.. kinds.Concat(afterwards).Select(kind => AliasTable.Threshold(kind.Probability))];
    }

    /// <summary>Decides whether the row is to be bad at all.</summary>
    public required DrawStream RowDraws { get; init; }

    /// <summary>Decides on the kind.</summary>
    public required DrawStream KindDraws { get; init; }

    /// <summary>Decides whether the kind that was chosen is written.</summary>
    public required DrawStream ProbabilityDraws { get; init; }

    /// <summary>Decides on each of the kinds that come on top.</summary>
    public required IReadOnlyList<DrawStream> AfterwardsDraws { get; init; }

    /// <inheritdoc/>
    public override void Evaluate(RowBlock block)
    {
        Span<long> result = block.Slot(Slot);
        long[] chosen = block.Borrow();
        long[] drawn = block.Borrow();
        Span<long> draws = drawn.AsSpan(0, result.Length);
        result.Clear();
        if (_weights is not null)
        {
            KindDraws.Fill(block, chosen.AsSpan(0, result.Length));
            _weights.Pick(chosen.AsSpan(0, result.Length));
            ProbabilityDraws.Fill(block, draws);
            for (int i = 0; i < result.Length; i++)
            {
                int kind = (int)chosen[i];
                result[i] = (ulong)draws[i] < _thresholds[kind] ? 1L << kind : 0;
            }
        }

        for (int extra = 0; extra < AfterwardsDraws.Count; extra++)
        {
            AfterwardsDraws[extra].Fill(block, draws);
            int kind = _kinds + extra;
            for (int i = 0; i < result.Length; i++)
            {
                result[i] |= (ulong)draws[i] < _thresholds[kind] ? 1L << kind : 0;
            }
        }

        RowDraws.Fill(block, draws);
        ulong rate = AliasTable.Threshold(block.ErrorRate);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (ulong)draws[i] < rate ? result[i] : 0;
        }

        block.Return(drawn);
        block.Return(chosen);
    }
}
