using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads <c>cases</c>: the first whose <c>when</c> holds describes the value; the last has none.</summary>
internal static class CasesReader
{
    /// <summary>Reads the cases.</summary>
    /// <returns>The value, or null after a problem.</returns>
    public static BoundValue? Read(ValueReader values, YamlNode body, ValueScope scope)
    {
        if (body is not YamlSequence { Items.Count: > 0 } list)
        {
            values.Source.Add(body, "`cases` needs a list of cases");
            return null;
        }

        var conditions = new List<IReadOnlyList<Condition>>();
        var branches = new List<BoundValue>();
        for (int i = 0; i < list.Items.Count; i++)
        {
            YamlNode item = list.Items[i];
            bool last = i == list.Items.Count - 1;
            YamlNode? when = When(item);
            if (when is null != last)
            {
                values.Source.Add(item, last ? "the last case must not have a `when`: it is for all other rows" : "every case but the last needs a `when`");
            }

            if (when is not null)
            {
                conditions.Add(ConditionReader.Read(values, when));
            }

            if (values.Read(item, scope.Part($"case {i}"), "a case", "when") is { } branch)
            {
                if (branch.Writer is null)
                {
                    values.Source.Add(item, "a case cannot pick a table row");
                }

                branches.Add(branch);
            }
        }

        if (branches.Count != list.Items.Count || conditions.Count != branches.Count - 1 || branches.Any(branch => branch.Writer is null))
        {
            return null;
        }

        int slot = values.Builder.Add(new BranchStep { Slot = values.Builder.NewSlot(), Conditions = conditions });
        return new BoundValue
        {
            Writer = new BranchWriter(slot, [.. branches.Select(branch => branch.Writer!)]),
            Number = Number(values, slot, [.. branches.Select(branch => branch.Number)]),
        };
    }

    private static YamlNode? When(YamlNode node) => node is YamlMapping map
        ? map.TryGet("when", out (YamlScalar Key, YamlNode Value) entry) ? entry.Value : null
        : null;

    // The finest scale fits: a branch that would not fit it is left without a number, and naming it is an error.
    private static SlotNumber? Number(ValueReader values, int branchSlot, NumberSource?[] branches)
    {
        if (branches.Contains(null))
        {
            return null;
        }

        int scale = branches.Max(branch => branch!.Scale);
        Int128 least = branches.Min(branch => Assay.Data.Decimals.Rescale(branch!.Min, branch.Scale, scale));
        Int128 most = branches.Max(branch => Assay.Data.Decimals.Rescale(branch!.Max, branch.Scale, scale));
        if (Int128.Max(Int128.Abs(least), Int128.Abs(most)) > long.MaxValue / 2)
        {
            return null;
        }

        int slot = values.Builder.Add(new BranchNumberStep
        {
            Slot = values.Builder.NewSlot(),
            BranchSlot = branchSlot,
            Branches = branches!,
            Scale = scale,
        });
        return new SlotNumber(slot, scale, least, most);
    }
}
