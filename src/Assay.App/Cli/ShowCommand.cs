using System.CommandLine;
using Assay.App.Pipelines;
using Assay.Store;

namespace Assay.App.Cli;

/// <summary><c>assay show</c>: a published KPI, as the last good run left it.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        Argument<string> pipeline = PipelineOptions.Pipeline();
        var kpi = new Argument<string?>("kpi")
        {
            Description = "The KPI, or summary or quality; left out, the names are listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var format = new Option<string>("--format")
        {
            Description = "How to print it: csv or json.",
            DefaultValueFactory = _ => "csv",
        };
        format.AcceptOnlyFromAmong("csv", "json");
        var command = new Command("show", "Prints a published KPI, as the last good run left it.") { pipeline, kpi, format };
        command.SetAction(parsed => CommandErrors.Guard(() => Show(
            parsed.GetRequiredValue(pipeline), parsed.GetValue(kpi), parsed.GetRequiredValue(format))));
        return command;
    }

    private static int Show(string name, string? kpi, string format)
    {
        PipelineDefinition pipeline = PipelineLoader.Load(name, PipelineSettings.FromProcess([]));
        string? gold = AssayHome.FromEnvironment().CurrentGold(pipeline.Name);
        if (gold is null)
        {
            Console.Error.WriteLine($"error: nothing is published of `{pipeline.Name}` yet; run it first: assay run {name}");
            return ExitCodes.Usage;
        }

        if (kpi is null)
        {
            foreach (var definition in pipeline.Kpis)
            {
                Console.Out.WriteLine($"{definition.Name}\t{definition.Title}");
            }

            return ExitCodes.Done;
        }

        bool isReport = kpi is "summary" or "quality";
        if (!isReport && !pipeline.Kpis.Any(definition => definition.Name == kpi))
        {
            Console.Error.WriteLine($"error: `{pipeline.Name}` has no KPI `{kpi}`; it has " + string.Join(", ", pipeline.Kpis.Select(k => k.Name)));
            return ExitCodes.Usage;
        }

        using Stream output = Console.OpenStandardOutput();
        using FileStream file = File.OpenRead(Path.Combine(gold, kpi + (isReport ? ".json" : "." + format)));
        file.CopyTo(output);
        return ExitCodes.Done;
    }
}
