using System.Globalization;
using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>Reads a whole generation file.</summary>
internal static class PlanReader
{
    private const int MostDatasets = 100;

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="DefinitionException">The text is wrong.</exception>
    public static GeneratePlan Read(string yaml, string file)
    {
        var log = new DefinitionLog(file);
        GeneratePlan? plan = YamlReader.Read(yaml, log) is { } root ? Plan(new YamlSource(log), root) : null;
        log.ThrowIfAny();
        return plan!;
    }

    private static GeneratePlan? Plan(YamlSource source, YamlNode root)
    {
        bool isSingle = root is not YamlMapping mapping || !mapping.TryGet("datasets", out _);
        string[] keys = isSingle ? DatasetReader.Keys : ["datasets"];
        var map = new YamlMap(source, root, "the file", ["generate", "start", .. keys, "tables"]);
        string? name = map.Required("generate") is { } node ? source.Text(node, "`generate`") : null;
        DateOnly start = Start(source, map.Required("start"));
        IReadOnlyDictionary<string, PickTable> tables = TableReader.Read(source, map["tables"]);
        List<GenerateDataset> datasets = isSingle
            ? [.. new[] { DatasetReader.Read(source, map, new DatasetPlace(name ?? "", 0, ""), tables, []).Dataset }.OfType<GenerateDataset>()]
            : Datasets(source, map["datasets"]!, tables);
        return name is null || datasets.Count == 0 ? null : new GeneratePlan(name, start, isSingle, datasets);
    }

    private static List<GenerateDataset> Datasets(YamlSource source, YamlNode node, IReadOnlyDictionary<string, PickTable> tables)
    {
        IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries = source.Entries(node, "`datasets`");
        if (node is YamlMapping && entries.Count is 0 or > MostDatasets)
        {
            source.Add(node, $"`datasets` needs 1 to {MostDatasets} datasets");
            return [];
        }

        var datasets = new List<GenerateDataset>();
        var declarations = new List<DatasetDeclaration>();
        foreach ((YamlScalar key, YamlNode value) in entries)
        {
            if (!Names.IsFile(key.Text))
            {
                source.Add(key, $"`{key.Text}` cannot be the name of a dataset: small letters, digits, `_` and `-` can");
            }

            // Streams are named after the dataset: so each has its own draws, wherever it stands.
            var map = new YamlMap(source, value, $"dataset `{key.Text}`", DatasetReader.Keys);
            var place = new DatasetPlace(key.Text, declarations.Count, key.Text + "/");
            (GenerateDataset? dataset, DatasetDeclaration declaration) = DatasetReader.Read(source, map, place, tables, [.. declarations]);
            declarations.Add(declaration);
            if (dataset is not null)
            {
                if (datasets.Exists(other => other.FileName == dataset.FileName))
                {
                    source.Add(map["file"] ?? key, $"another dataset is written to {dataset.FileName} already");
                }

                datasets.Add(dataset);
            }
        }

        return datasets;
    }

    private static DateOnly Start(YamlSource source, YamlNode? node)
    {
        if (node is null)
        {
            return default;
        }

        if (node is YamlScalar { Text: { } text }
            && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly start))
        {
            return start;
        }

        source.Add(node, "`start` must be a date written yyyy-MM-dd");
        return default;
    }
}
