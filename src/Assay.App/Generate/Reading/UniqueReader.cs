using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads <c>unique</c>: a whole number from a range, another one for every row.</summary>
internal static class UniqueReader
{
    private const long Most = 1_000_000_000_000_000_000;

    /// <summary>Reads the range.</summary>
    /// <returns>The value, or null after a problem.</returns>
    public static BoundValue? Read(ValueReader values, YamlNode body, ValueScope scope)
    {
        if (values.IsOfLines || !values.IsOwn(scope))
        {
            values.Source.Add(body, "`unique` gives each row a number of its own; it can be used neither in lines nor with `per`");
            return null;
        }

        long[] ends = [.. values.Source.Items(body).Select(item => values.Source.WholeNumber(item, "an end of the range") ?? long.MaxValue)];
        if (ends.Length != 2 || ends[0] > ends[1] || ends.Any(end => end is < -Most or > Most))
        {
            values.Source.Add(body, "`unique` needs a range of whole numbers of at most 18 digits: [least, most]");
            return null;
        }

        long count = ends[1] - ends[0] + 1;
        if (scope.EntitySlot < 0)
        {
            values.Builder.LimitRows(count);
        }

        int slot = values.Builder.Add(new UniqueStep
        {
            Slot = values.Builder.NewSlot(),
            Stream = values.Builder.NewStream(scope, "unique"),
            From = ends[0],
            Count = (ulong)count,
        });
        return new BoundValue
        {
            Number = new SlotNumber(slot, 0, ends[0], ends[1]),
            Writer = new NumberWriter(slot, 0, 0),
        };
    }
}
