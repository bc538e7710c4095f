using System.CommandLine;
using Assay.App.Pipelines;
using Assay.App.Plans;
using Assay.App.Reports;
using Assay.App.Runs;
using Assay.Store;

namespace Assay.App.Cli;

/// <summary><c>assay plan</c>.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        Argument<string> pipeline = PipelineOptions.Pipeline();
        Option<string[]> set = PipelineOptions.Set();
        var format = new Option<string>("--format") { Description = "How to print it.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json");
        LayerOptions layers = new();
        var command = new Command(
            "plan", "Tells what a run would do: which files are new, about how many rows, which tables and KPIs, what changed. Writes nothing.")
        {
            pipeline, set, format,
        };
        layers.AddGoalsTo(command);
        command.SetAction((parsed, cancellationToken) => Task.Run(() => CommandErrors.Guard(() =>
        {
            PipelineDefinition definition = PipelineLoader.Load(
                parsed.GetRequiredValue(pipeline), PipelineSettings.FromProcess(parsed.GetRequiredValue(set)));
            RunOptions options = layers.Apply(parsed, definition, new RunOptions { Home = AssayHome.FromEnvironment() });
            RunPlan plan = new RunPlanner(definition, options).Plan(cancellationToken);
            if (parsed.GetRequiredValue(format) == "json")
            {
                using Stream output = Console.OpenStandardOutput();
                PlanJson.Write(plan, output);
            }
            else
            {
                PlanDisplay.Write(plan, ReportConsole.Create(Console.Out));
            }

            return plan.Refusal is null ? ExitCodes.Done : throw new RunException(plan.Refusal) { IsConfiguration = true };
        }), CancellationToken.None));
        return command;
    }
}
