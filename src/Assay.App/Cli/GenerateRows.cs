using System.CommandLine;
using System.Globalization;
using Assay.App.Generate;
using Assay.App.Pipelines;

namespace Assay.App.Cli;

/// <summary>How many rows <c>assay generate</c> is asked for: <c>--rows N</c>, <c>--rows NAME=N</c>, or <c>--NAME N</c>
/// for a dataset that the pipeline's generation file declares.</summary>
internal static class GenerateRows
{
    private const string FileName = "generate.yaml";

    /// <summary>Makes the option that all pipelines have.</summary>
    public static Option<string[]> Option()
    {
        var rows = new Option<string[]>("--rows", "-n")
        {
            Description = $"How many rows, or NAME=N for one of several datasets. [default: the file's, else {GenerateOptions.DefaultRows}]",
            HelpName = "N",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        rows.Validators.Add(result =>
        {
            foreach (string text in result.Tokens.Select(token => token.Value).Where(text => !TryRead(text, out _, out _)))
            {
                result.AddError($"--rows takes a number from 0, or NAME=N; `{text}` is none");
            }
        });
        return rows;
    }

    /// <summary>Adds an option for each dataset of the pipeline that a command line names.</summary>
    /// <param name="command">Gets the options.</param>
    /// <param name="arguments">The command line after the command's name.</param>
    /// <returns>The datasets with their options.</returns>
    public static IReadOnlyList<(string Dataset, Option<long?> Option)> DatasetOptions(Command command, IEnumerable<string> arguments)
    {
        if (arguments.Where(argument => !argument.StartsWith('-')).Select(Found).FirstOrDefault(file => file is not null) is not { } found)
        {
            return [];
        }

        GeneratePlan plan;
        try
        {
            plan = GeneratePlan.Load(found);
        }
        catch (DefinitionException)
        {
            // The command tells what is wrong when it loads the file; until then no option is known to be wrong.
            command.TreatUnmatchedTokensAsErrors = false;
            return [];
        }

        var taken = command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Concat(["--help", "--version"]).ToHashSet();
        var options = new List<(string Dataset, Option<long?> Option)>();
        foreach (string dataset in plan.Datasets.Where(_ => !plan.IsSingle).Select(dataset => dataset.Name))
        {
            string name = $"--{dataset.Replace('_', '-')}";
            if (!taken.Add(name))
            {
                continue;
            }

            var option = new Option<long?>(name)
            {
                Description = $"How many rows of {dataset}.",
                HelpName = "N",
                CustomParser = OptionValue.Parser(name, "a number from 0", (string text, out long? value) =>
                {
                    bool isNumber = TryNumber(text, out long number);
                    value = number;
                    return isNumber;
                }),
            };
            command.Add(option);
            options.Add((dataset, option));
        }

        return options;
    }

    /// <summary>The generation file of a pipeline.</summary>
    /// <param name="pipeline">What the command line calls it.</param>
    /// <exception cref="DefinitionException">There is no such pipeline.</exception>
    /// <exception cref="GenerateException">It has no such file.</exception>
    public static string FileOf(string pipeline)
    {
        string folder = PipelineLoader.FolderOf(pipeline, Directory.GetCurrentDirectory());
        string file = Path.Combine(folder, FileName);
        return File.Exists(file)
            ? file
            : throw new GenerateException($"there is no {FileName} beside the pipeline `{pipeline}` ({folder})");
    }

    /// <summary>The rows asked for, by dataset.</summary>
    /// <param name="rows">What <c>--rows</c> was given.</param>
    /// <param name="target">The dataset that a number without a name is for, or null when there are several.</param>
    /// <param name="named">What the options of the datasets were given; null for those that were not.</param>
    /// <exception cref="GenerateException">A number without a name, of several datasets.</exception>
    public static Dictionary<string, long> Of(IReadOnlyList<string> rows, string? target, IEnumerable<(string Dataset, long? Rows)> named)
    {
        var result = new Dictionary<string, long>();
        foreach (string text in rows)
        {
            TryRead(text, out string? name, out long count);
            result[name ?? target ?? throw new GenerateException("there are several datasets; say of which with --rows NAME=N")] = count;
        }

        foreach ((string dataset, long? count) in named.Where(one => one.Rows is not null))
        {
            result[dataset] = count!.Value;
        }

        return result;
    }

    private static string? Found(string pipeline)
    {
        try
        {
            return FileOf(pipeline);
        }
        catch (Exception exception) when (exception is DefinitionException or GenerateException)
        {
            // It is another argument, or the command says that there is none.
            return null;
        }
    }

    private static bool TryRead(string text, out string? name, out long rows)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        name = equals < 0 ? null : text[..equals];
        return TryNumber(text[(equals + 1)..], out rows) && name != "";
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
