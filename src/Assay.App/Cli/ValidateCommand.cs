using System.CommandLine;
using Assay.App.Pipelines;

namespace Assay.App.Cli;

/// <summary><c>assay validate</c>.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        Argument<string> pipeline = PipelineOptions.Pipeline();
        Option<string[]> set = PipelineOptions.Set();
        var command = new Command("validate", "Checks a pipeline's definition whole, and tells all that is wrong with it; nothing is run.")
        {
            pipeline, set,
        };
        command.SetAction(parsed => CommandErrors.Guard(() =>
        {
            PipelineDefinition definition = PipelineLoader.Load(
                parsed.GetRequiredValue(pipeline), PipelineSettings.FromProcess(parsed.GetRequiredValue(set)));
            Console.Out.WriteLine(
                $"{definition.File}: ok ({Count(definition.Sources.Count, "source")}, {Count(definition.Tables.Count, "table")}, {Count(definition.Kpis.Count, "KPI")})");
            return ExitCodes.Done;
        }));
        return command;
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
