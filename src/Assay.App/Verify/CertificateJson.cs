using System.Globalization;
using System.Text.Json;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Verify;

/// <summary>A certificate for programs.</summary>
internal static class CertificateJson
{
    public static void Write(Certificate certificate, Stream output)
    {
        using var writer = new Utf8JsonWriter(output, JsonTable.Layout);
        writer.WriteStartObject();
        writer.WriteString("certificate", certificate.Id);
        writer.WriteString("pipeline", certificate.Pipeline.Name);
        writer.WriteString("configuration_hash", certificate.Pipeline.Hash);
        writer.WriteString("assay_version", RunRecord.Version);
        writer.WriteString("at", certificate.At.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        writer.WriteString("as_of", certificate.AsOf?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture));
        writer.WriteBoolean("agrees", certificate.Agrees);
        writer.WriteNumber("values_compared", certificate.Values);
        writer.WriteString("hash", certificate.Hash);
        writer.WriteStartArray("engines");
        foreach (EngineEvidence engine in certificate.Engines)
        {
            writer.WriteStartObject();
            writer.WriteString("engine", engine.Engine.Name);
            writer.WriteString("version", engine.Version);
            writer.WriteNumber("load_seconds", Math.Round(engine.LoadSeconds, 3));
            writer.WriteNumber("kpi_seconds", Math.Round(engine.MeasureSeconds, 3));
            writer.WriteStartObject("rows");
            foreach ((string table, long rows) in engine.Rows)
            {
                writer.WriteNumber(table, rows);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("kpis");
        foreach (KpiEvidence kpi in certificate.Kpis)
        {
            writer.WriteStartObject();
            writer.WriteString("kpi", kpi.Name);
            writer.WriteBoolean("agrees", kpi.Agrees);
            writer.WriteNumber("rows", kpi.Rows);
            writer.WriteNumber("values", kpi.Values);
            writer.WriteStartObject("sha256");
            for (int i = 0; i < certificate.Engines.Count; i++)
            {
                writer.WriteString(certificate.Engines[i].Engine.Name, kpi.Hashes[i]);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("differences");
        foreach (CellDifference difference in certificate.Differences)
        {
            writer.WriteStartObject();
            writer.WriteString("kpi", difference.Kpi);
            writer.WriteString("engine", difference.Engine);
            writer.WriteString("place", difference.Place);
            writer.WriteString(certificate.Engines[0].Engine.Name, difference.Expected);
            writer.WriteString("found", difference.Found);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }
}
