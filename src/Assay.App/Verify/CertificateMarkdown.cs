using System.Globalization;
using System.Text;

namespace Assay.App.Verify;

/// <summary>A certificate for people: a page that can be sent on.</summary>
internal static class CertificateMarkdown
{
    public static void Write(Certificate certificate, Stream output)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Cell(certificate.Pipeline.Title)}: {(certificate.Agrees ? "the engines agree" : "the engines do not agree")}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Verdict(certificate)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"- certificate `{certificate.Id}`, {certificate.At:yyyy-MM-dd HH:mm:ss} UTC\n");
        text.Append(CultureInfo.InvariantCulture, $"- pipeline `{certificate.Pipeline.Name}`, configuration `{certificate.Pipeline.Hash}`\n");
        if (certificate.AsOf is { } asOf)
        {
            text.Append(CultureInfo.InvariantCulture, $"- windows look back from {asOf:yyyy-MM-dd HH:mm:ss}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"- all results: sha256 `{certificate.Hash}`\n\n");
        text.Append("| engine | version | rows | load | KPIs |\n|---|---|---:|---:|---:|\n");
        foreach (EngineEvidence engine in certificate.Engines)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {engine.Engine.Name} | {Cell(engine.Version)} | {engine.Rows.Values.Sum():N0} | {(engine.Engine.Kind is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{engine.LoadSeconds:0.00} s"))} | {engine.MeasureSeconds:0.00} s |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n| KPI | rows | values |{string.Concat(certificate.Engines.Select(engine => $" {engine.Engine.Name} |"))} sha256 |\n");
        text.Append(CultureInfo.InvariantCulture, $"|---|---:|---:|{string.Concat(certificate.Engines.Select(_ => "---|"))}---|\n");
        foreach (KpiEvidence kpi in certificate.Kpis)
        {
            string cells = string.Concat(kpi.IsEqual.Select((equal, i) => i == 0 ? " first |" : equal ? " equal |" : " **differs** |"));
            text.Append(CultureInfo.InvariantCulture, $"| {Cell(kpi.Name)} | {kpi.Rows:N0} | {kpi.Values:N0} |{cells} `{kpi.Hashes[0]}` |\n");
        }

        if (certificate.Differences.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## The first differences\n\n| KPI | where | {certificate.Engines[0].Engine.Name} | engine | says |\n|---|---|---|---|---|\n");
            foreach (CellDifference one in certificate.Differences)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {Cell(one.Kpi)} | {Cell(one.Place)} | {Cell(one.Expected)} | {one.Engine} | {Cell(one.Found)} |\n");
            }
        }

        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>What the certificate comes to, in a sentence.</summary>
    public static string Verdict(Certificate certificate) => certificate.Agrees
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{certificate.Engines.Count} engines, {certificate.Kpis.Count} {(certificate.Kpis.Count == 1 ? "KPI" : "KPIs")}, {certificate.Values:N0} values compared: every one is equal.")
        : certificate.Kpis.All(kpi => kpi.Agrees) ? "The engines were not given as many rows."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{certificate.Kpis.Count(kpi => !kpi.Agrees)} of {certificate.Kpis.Count} KPIs differ between the engines.");

    private static string Cell(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
