using System.Globalization;
using System.Text;
using System.Text.Json;
using Assay.App.Pipelines;

namespace Assay.App.Engines;

/// <summary>What a run's results depend on beside the data, as JSON.</summary>
internal static class RunParameters
{
    /// <summary>Writes them.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="asOf">The moment that windows looked back from, or null.</param>
    /// <returns>An object of the time zone, the configuration's hash and the moment, in one line. Variables are not in it: they may be paths or secrets.</returns>
    public static string Json(PipelineDefinition pipeline, DateTime? asOf)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("time_zone", pipeline.TimeZone.Id);
            writer.WriteString("configuration_hash", pipeline.Hash);
            if (asOf is { } moment)
            {
                writer.WriteString("as_of", moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture));
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }
}
