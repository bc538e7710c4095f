using System.Text.Json;

namespace Assay.Store;

/// <summary>What is known about a file in bronze, kept beside it as <c>&lt;file&gt;.manifest.json</c>.</summary>
public sealed record BronzeManifest
{
    /// <summary>The end of a manifest's name, after that of the file it is about.</summary>
    internal const string Suffix = ".manifest.json";

    /// <summary>The hash of the bytes, 64 digits of lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The size.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many rows it has, faulty ones included; null until they are in silver.</summary>
    public long? Rows { get; init; }

    /// <summary>When the run that landed it began, in UTC.</summary>
    public required DateTimeOffset Loaded { get; init; }

    /// <summary>Where it came from, as it was given.</summary>
    public required string Origin { get; init; }

    /// <summary>The source it is of.</summary>
    public required string Source { get; init; }

    /// <summary>How it is to be read, when that was told.</summary>
    public string? Format { get; init; }

    /// <summary>The pipeline it was landed for.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Its batch.</summary>
    public required long Batch { get; init; }

    /// <summary>Its place among the files of the batch, in the order they were read, from 1.</summary>
    public required int Order { get; init; }

    /// <summary>The run that landed it.</summary>
    public required string RunId { get; init; }

    /// <summary>Reads the manifest of a file in bronze.</summary>
    /// <param name="raw">The file.</param>
    /// <returns>The manifest, or null when there is none.</returns>
    /// <exception cref="StoreException">It is not one.</exception>
    public static BronzeManifest? Load(string raw)
    {
        string path = raw + Suffix;
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, ManifestJson.Default.BronzeManifest);
        }
        catch (JsonException e)
        {
            throw new StoreException(path, $"{path} is not a manifest of bronze ({e.Message}); remove it together with {raw}, then load that file again", e);
        }
    }

    /// <summary>Writes the manifest of a file in bronze.</summary>
    /// <param name="raw">The file.</param>
    /// <param name="durable">Whether to wait for the disk.</param>
    internal void Save(string raw, bool durable = true) => AtomicFile.Write(raw + Suffix, Write, durable);

    private void Write(Stream output)
    {
        using (var writer = new Utf8JsonWriter(output, JsonTable.Layout))
        {
            writer.WriteStartObject();
            writer.WriteString("sha256", Sha256);
            writer.WriteNumber("bytes", Bytes);
            ManifestText.WriteNumber(writer, "rows", Rows);
            writer.WriteString("loaded", ManifestText.Moment(Loaded));
            writer.WriteString("origin", Origin);
            writer.WriteString("source", Source);
            writer.WriteString("format", Format);
            writer.WriteString("pipeline", Pipeline);
            writer.WriteNumber("batch", Batch);
            writer.WriteNumber("order", Order);
            writer.WriteString("run_id", RunId);
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
