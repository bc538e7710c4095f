using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads <c>reference</c>: a row of a dataset that stands before this one. What is asked of the row is made
/// anew from its number, so no row is kept.</summary>
internal static class ReferenceReader
{
    /// <summary>Reads a reference.</summary>
    /// <returns>The value, or null after a problem.</returns>
    public static BoundValue? Read(ValueReader values, ReaderContext context, YamlMap map, ValueScope scope)
    {
        YamlNode body = map["reference"]!;
        if (values.Source.Text(body, "`reference`") is not { } name)
        {
            return null;
        }

        if (context.Earlier.FirstOrDefault(earlier => earlier.Name == name) is not { } dataset)
        {
            values.Source.Unknown(body, "dataset before this one", name, context.Earlier.Select(earlier => earlier.Name));
            return null;
        }

        bool each = values.Source.Flag(map["each"], "`each`");
        if (each && (values.IsOfLines || scope.EntitySlot >= 0))
        {
            values.Source.Add(map["each"]!, "`each` is for the rows themselves; it can be used neither in lines nor with `per`");
            return null;
        }

        double[] weights = map["weights"] is { } list
            ? [.. values.Source.Items(list).Select(item => ChoiceReader.Weight(values.Source, item))]
            : [];
        if (!values.Builder.Refer(dataset.Index))
        {
            values.Source.Add(body, "too many rows are referred to, through rows that are referred to");
            return null;
        }

        int slot = values.Builder.Add(new ReferenceStep
        {
            Slot = values.Builder.NewSlot(),
            Draws = values.Builder.NewStream(scope, "reference"),
            Dataset = dataset.Index,
            Each = each,
            WeightStream = values.Builder.NewStream(scope, "weight"),
            Thresholds = [.. weights.Select(weight => AliasTable.Threshold(weight / weights.Max()))],
        });
        return new BoundValue
        {
            EntrySlot = slot,
            Reference = new ValueReader(values.Source, new ReaderContext
            {
                Builder = context.Builder,
                Tables = context.Tables,
                Declared = dataset.Declared,
                Earlier = [.. context.Earlier.Where(earlier => earlier.Index < dataset.Index)],
                Prefix = dataset.Prefix,
                EntitySlot = slot,
            }),
        };
    }
}
