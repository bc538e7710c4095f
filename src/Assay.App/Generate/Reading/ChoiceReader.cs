using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads <c>choice</c>: entries by weight, each written in one of its variants or by a template.</summary>
internal static class ChoiceReader
{
    /// <summary>Reads a choice.</summary>
    /// <returns>The value, or null after a problem.</returns>
    public static BoundValue? Read(ValueReader values, YamlNode body, ValueScope scope)
    {
        IReadOnlyList<YamlNode> items = values.Source.Items(body);
        var weights = new List<double>();
        var names = new List<string>();
        var texts = new List<string>();
        var writers = new List<FieldWriter>();
        bool plain = true;
        foreach (YamlNode item in items)
        {
            if (item is YamlScalar)
            {
                string text = values.Source.Text(item, "an entry") ?? "";
                Add(text, 1, [text]);
                continue;
            }

            var map = new YamlMap(values.Source, item, "an entry of a choice", "value", "weight", "variants", "template");
            double weight = Weight(values.Source, map["weight"]);
            if (map["template"] is { } template)
            {
                plain = false;
                if (map["value"] is not null || map["variants"] is not null)
                {
                    values.Source.Add(item, "an entry has either a `template`, or a `value` and its `variants`");
                }

                FieldWriter? writer = TemplateReader.Read(values, template, scope.Part($"entry {names.Count}"))?.Writer;
                weights.Add(weight);
                names.Add("");
                texts.Add("");
                writers.Add(writer ?? values.Builder.Constant(""));
                continue;
            }

            string[] variants = map["variants"] is { } list
                ? [.. values.Source.Items(list).Select(variant => values.Source.Text(variant, "a variant") ?? "")]
                : [];
            string? name = map["value"] is { } node ? values.Source.Text(node, "`value`") : variants.FirstOrDefault();
            if (name is null)
            {
                values.Source.Add(item, "an entry of a choice needs a `value`, `variants` or a `template`");
                continue;
            }

            Add(name, weight, variants.Length > 0 ? variants : [name]);
        }

        if (weights.Count == 0)
        {
            values.Source.Add(body, "a choice needs at least one entry");
            return null;
        }

        int slot = values.Builder.AddWeighted(scope, "choice", weights);
        return new BoundValue
        {
            EntrySlot = slot,
            Entries = names,
            Writer = plain ? values.Builder.List(slot, texts) : new BranchWriter(slot, [.. writers]),
        };

        void Add(string name, double weight, string[] variants)
        {
            foreach (string variant in variants)
            {
                weights.Add(weight / variants.Length);
                names.Add(name);
                texts.Add(variant);
                writers.Add(values.Builder.Constant(variant));
            }
        }
    }

    /// <summary>A weight: any number above 0; 1 when it is not given.</summary>
    public static double Weight(YamlSource source, YamlNode? node)
    {
        if (node is null)
        {
            return 1;
        }

        if (source.Number(node, "`weight`") is not ({ } units, { } scale))
        {
            return 1;
        }

        if (units > 0)
        {
            return units / Math.Pow(10, scale);
        }

        source.Add(node, "`weight` must be above 0");
        return 1;
    }
}
