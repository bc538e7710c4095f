using System.CommandLine;

namespace Assay.App.Cli;

/// <summary>The arguments and options that several commands share.</summary>
internal static class PipelineOptions
{
    public static Argument<string> Pipeline() => new("pipeline")
    {
        Description = "The pipeline: a name under pipelines/, a folder with a pipeline.yaml, or a file.",
    };

    public static Option<string[]> Set() => new("--set")
    {
        Description = "Sets a variable of the pipeline, as NAME=VALUE. Can be given several times.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };
}
