using System.Text.Json.Serialization;

namespace Assay.Store;

/// <summary>How manifests, of runs and of files in bronze, are read; <see cref="ManifestText"/> writes them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RunManifest))]
[JsonSerializable(typeof(BronzeManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
