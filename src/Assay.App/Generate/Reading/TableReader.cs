using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads <c>tables</c>: lists of rows with the same fields.</summary>
internal static class TableReader
{
    private const string Weight = "weight";

    /// <summary>Reads the tables; those with problems are left out.</summary>
    public static IReadOnlyDictionary<string, PickTable> Read(YamlSource source, YamlNode? node)
    {
        var tables = new Dictionary<string, PickTable>();
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries = node is null ? [] : source.Entries(node, "`tables`");
        foreach ((YamlScalar key, YamlNode value) in entries)
        {
            if (Table(source, key.Text, value) is { } table)
            {
                tables.Add(table.Name, table);
            }
        }

        return tables;
    }

    private static PickTable? Table(YamlSource source, string name, YamlNode node)
    {
        if (node is not YamlSequence { Items.Count: > 0 } list)
        {
            source.Add(node, $"table `{name}` needs a list of rows");
            return null;
        }

        // The first row says which fields there are.
        string[] fields = [.. source.Entries(list.Items[0], "a row").Select(entry => entry.Key.Text).Where(field => field != Weight)];
        var weights = new List<double>();
        var texts = fields.ToDictionary(field => field, _ => new List<string[]>());
        foreach (YamlNode item in list.Items)
        {
            var row = new YamlMap(source, item, $"a row of table `{name}`", [Weight, .. fields]);
            weights.Add(ChoiceReader.Weight(source, row[Weight]));
            foreach (string field in fields)
            {
                texts[field].Add(Texts(source, row.Required(field)));
            }
        }

        return new PickTable(name, weights, texts.ToDictionary(field => field.Key, field => field.Value.ToArray()));
    }

    private static string[] Texts(YamlSource source, YamlNode? node)
    {
        if (node is YamlSequence { Items.Count: 0 })
        {
            source.Add(node, "a field needs at least one text");
        }

        string[] texts = node is null ? [] : [.. source.Items(node).Select(item => source.Text(item, "a field") ?? "")];
        return texts.Length > 0 ? texts : [""];
    }
}
