using System.Globalization;
using Assay.App.Reports;
using Spectre.Console;

namespace Assay.App.Verify;

/// <summary>A certificate on a terminal.</summary>
internal static class CertificateDisplay
{
    private const int HashShown = 12;

    public static void Write(IAnsiConsole console, Certificate certificate)
    {
        var kpis = new Table { Border = TableBorder.Rounded, BorderStyle = Style.Parse("grey") };
        bool hasHashes = WidthOf(certificate) <= console.Profile.Width;
        kpis.AddColumn(new TableColumn("[bold]KPI[/]").NoWrap());
        kpis.AddColumn(new TableColumn("[bold]rows[/]").RightAligned());
        kpis.AddColumn(new TableColumn("[bold]values[/]").RightAligned());
        foreach (EngineEvidence engine in certificate.Engines)
        {
            kpis.AddColumn($"[bold]{engine.Engine.Name}[/]");
        }

        if (hasHashes)
        {
            kpis.AddColumn("[bold]sha256[/]");
        }

        foreach (KpiEvidence kpi in certificate.Kpis)
        {
            kpis.AddRow(
            [
                new Text(kpi.Name), new Text(TerminalReport.Number(kpi.Rows)), new Text(TerminalReport.Number(kpi.Values)),
                .. kpi.IsEqual.Select((equal, i) => i == 0 ? new Text("first", new Style(decoration: Decoration.Dim))
                    : equal ? new Text("equal", Style.Parse("green"))
                    : new Text("differs", Style.Parse("red bold"))),
                .. hasHashes ? [new Text(kpi.Hashes[0][..HashShown], new Style(decoration: Decoration.Dim))] : Array.Empty<Text>(),
            ]);
        }

        console.Write(kpis);
        if (!hasHashes)
        {
            ReportConsole.Note(console, "with --format json also sha256");
        }

        var engines = new Table { Border = TableBorder.Rounded, BorderStyle = Style.Parse("grey") };
        engines.AddColumn("[bold]engine[/]");
        engines.AddColumn("[bold]version[/]");
        engines.AddColumn(new TableColumn("[bold]rows[/]").RightAligned());
        engines.AddColumn(new TableColumn("[bold]load[/]").RightAligned());
        engines.AddColumn(new TableColumn("[bold]KPIs[/]").RightAligned());
        foreach (EngineEvidence engine in certificate.Engines)
        {
            engines.AddRow(
                new Text(engine.Engine.Name),
                new Text(engine.Version),
                new Text(TerminalReport.Number(engine.Rows.Values.Sum())),
                new Text(engine.Engine.Kind is null ? "" : Seconds(engine.LoadSeconds)),
                new Text(Seconds(engine.MeasureSeconds)));
        }

        console.Write(engines);
        WriteDifferences(console, certificate);
        ReportConsole.Widen(console);
        console.Write(new Text(CertificateMarkdown.Verdict(certificate) + Environment.NewLine, Style.Parse(certificate.Agrees ? "green" : "red bold")));
    }

    /// <summary>What the table of KPIs takes with their hashes, in characters.</summary>
    private static int WidthOf(Certificate certificate)
    {
        const int Frame = 3;
        int[] widths =
        [
            certificate.Kpis.Max(kpi => kpi.Name.Length),
            Math.Max("rows".Length, certificate.Kpis.Max(kpi => TerminalReport.Number(kpi.Rows).Length)),
            Math.Max("values".Length, certificate.Kpis.Max(kpi => TerminalReport.Number(kpi.Values).Length)),
            .. certificate.Engines.Select(engine => Math.Max("differs".Length, engine.Engine.Name.Length)),
            HashShown,
        ];
        return 1 + widths.Sum(width => width + Frame);
    }

    private static void WriteDifferences(IAnsiConsole console, Certificate certificate)
    {
        if (certificate.Differences.Count == 0)
        {
            return;
        }

        var table = new Table { Border = TableBorder.Rounded, BorderStyle = Style.Parse("grey"), Title = new TableTitle("The first differences") };
        foreach (string name in new[] { "KPI", "where", certificate.Engines[0].Engine.Name, "engine", "says" })
        {
            table.AddColumn($"[bold]{name}[/]");
        }

        foreach (CellDifference one in certificate.Differences)
        {
            table.AddRow(
                new Text(one.Kpi), new Text(one.Place), new Text(ResultDisplay.Harmless(one.Expected)), new Text(one.Engine), new Text(ResultDisplay.Harmless(one.Found)));
        }

        console.Write(table);
    }

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.00} s");
}
