using System.Text.Encodings.Web;
using System.Text.Json;
using Assay.App.Generate;

namespace Assay.App.MockApi;

/// <summary>Makes or reads the records of an API, once at its start.</summary>
internal static class MockData
{
    private static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Read = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Makes the records of a plan's datasets.</summary>
    /// <param name="plan">How they are made.</param>
    /// <param name="datasets">Those that are served.</param>
    /// <param name="settings">How many, and from what seed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The records by dataset.</returns>
    /// <exception cref="GenerateException">The settings do not fit the plan.</exception>
    public static async Task<IReadOnlyDictionary<string, RecordStore>> GenerateAsync(
        GeneratePlan plan, IEnumerable<string> datasets, MockApiSettings settings, CancellationToken cancellationToken)
    {
        var options = new GenerateOptions { Seed = settings.Seed, DatasetRows = Rows(plan, settings.Records) };
        var stores = new Dictionary<string, RecordStore>(StringComparer.Ordinal);
        foreach (string dataset in datasets.Distinct())
        {
            using var bytes = new MemoryStream();
            try
            {
                await DataGenerator.RunAsync(plan, dataset, bytes, options, null, cancellationToken);
            }
            catch (IOException exception)
            {
                throw new GenerateException($"the records of `{dataset}` are kept in memory, and are more than 2 GiB ({exception.Message}); ask for fewer with --records");
            }

            stores.Add(dataset, new RecordStore(bytes.GetBuffer(), (int)bytes.Length));
        }

        return stores;
    }

    /// <summary>Reads the arrays of a JSON file.</summary>
    /// <param name="path">The file: an object whose members are arrays of objects; other members are left out.</param>
    /// <returns>The records by the arrays' names.</returns>
    /// <exception cref="UsageException">The file holds something else.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, RecordStore> OfFile(string path)
    {
        using FileStream file = File.OpenRead(path);
        using JsonDocument document = Parse(file, path);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new UsageException($"{path}: a JSON object is needed, whose arrays are the resources");
        }

        var stores = new Dictionary<string, RecordStore>(StringComparer.Ordinal);
        foreach (JsonProperty array in document.RootElement.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Array))
        {
            stores[array.Name] = Store(array, path);
        }

        return stores.Count > 0 ? stores : throw new UsageException($"{path}: no member of the object is an array, so there is nothing to serve");
    }

    private static JsonDocument Parse(Stream file, string path)
    {
        try
        {
            return JsonDocument.Parse(file, Read);
        }
        catch (JsonException exception)
        {
            throw new UsageException($"{path}: this is no JSON: {exception.Message}");
        }
    }

    private static RecordStore Store(JsonProperty array, string path)
    {
        using var bytes = new MemoryStream();
        using var writer = new Utf8JsonWriter(bytes, Written);
        int index = 0;
        foreach (JsonElement record in array.Value.EnumerateArray())
        {
            if (record.ValueKind != JsonValueKind.Object)
            {
                throw new UsageException($"{path}: record {index} of `{array.Name}` is no object");
            }

            record.WriteTo(writer);
            writer.Flush();
            bytes.WriteByte((byte)'\n');
            writer.Reset();
            index++;
        }

        return new RecordStore(bytes.GetBuffer(), (int)bytes.Length);
    }

    /// <summary>The numbers asked for, with the name of the only dataset in place of none.</summary>
    private static Dictionary<string, long> Rows(GeneratePlan plan, IReadOnlyDictionary<string, long> asked)
    {
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((string name, long count) in asked)
        {
            if (name.Length == 0 && plan.Datasets.Count > 1)
            {
                throw new GenerateException($"there are several datasets; say of which with --records NAME=N: {string.Join(", ", plan.Datasets.Select(one => one.Name))}");
            }

            rows[name.Length == 0 ? plan.Datasets[0].Name : name] = count;
        }

        return rows;
    }
}
