using System.CommandLine;
using System.Globalization;

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

    public static Option<string?> Engine() => new("--engine")
    {
        Description = "What computes the KPIs: memory (Assay itself), or a database, which then keeps tables and results, too.",
        HelpName = "memory|duckdb|sqlite|postgres|mysql",
    };

    public static Option<string?> Database() => new("--engine")
    {
        Description = "The database; the pipeline's own unless given, or else duckdb.",
        HelpName = "duckdb|sqlite|postgres|mysql",
    };

    public static Option<int> Threads(string description) => new("--threads")
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
        CustomParser = OptionValue.Parser("--threads", "a number from 1 to 256", (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is >= 1 and <= 256),
    };
}
