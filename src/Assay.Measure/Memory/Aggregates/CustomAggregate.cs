using Assay.Data;

namespace Assay.Measure.Memory.Aggregates;

/// <summary>An aggregate that a program registered: an object a group.</summary>
internal sealed class CustomAggregate(CustomFunction function, ColumnType argumentType, ColumnType resultType) : Aggregate
{
    private ICustomAggregate?[] _states = [];

    public override void EnsureGroups(int groups)
    {
        if (groups > _states.Length)
        {
            Array.Resize(ref _states, Math.Max(groups, _states.Length * 2));
        }
    }

    public override void Add(int[] groups, Vector? argument, RowBatch batch)
    {
        ArgumentNullException.ThrowIfNull(argument);
        bool isText = argumentType.Kind == ColumnKind.String;
        for (int row = 0; row < batch.Count; row++)
        {
            if (groups[row] != 0 && !argument.IsNull(row))
            {
                State(groups[row]).Add(isText
                    ? new AggregateValue(argumentType, 0, batch.Texts[(int)argument.Values[row]])
                    : new AggregateValue(argumentType, argument.Get(row), default));
            }
        }
    }

    public override void Merge(Aggregate other, int[] groups)
    {
        var theirs = (CustomAggregate)other;
        for (int i = 1; i < groups.Length; i++)
        {
            if (theirs._states[i] is { } state)
            {
                if (_states[groups[i]] is { } mine)
                {
                    mine.Merge(state);
                }
                else
                {
                    _states[groups[i]] = state;
                }
            }
        }
    }

    public override void Write(int groups, Vector into, TextPool texts) => WriteCells(groups, into, group =>
        State(group).Result() is not { } cell
            ? null
            : Cells.Units(cell, resultType, texts) ?? throw new InvalidOperationException(
                $"The aggregate `{function.Name}` declares results of type {resultType}, and gave a {cell.GetType().Name}."));

    private ICustomAggregate State(int group) => _states[group] ??= function.Start(argumentType);
}
