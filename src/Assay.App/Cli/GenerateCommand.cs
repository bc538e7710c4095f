using System.CommandLine;
using System.Globalization;
using Assay.App.Generate;

namespace Assay.App.Cli;

/// <summary><c>assay generate</c>.</summary>
internal static class GenerateCommand
{
    private const string Name = "generate";
    private const string StandardOutput = "-";
    private const int MostParts = 10_000;

    /// <summary>Makes the command.</summary>
    /// <param name="arguments">The command line: the datasets of the pipeline that it names have options of their own.</param>
    public static Command Create(string[] arguments)
    {
        Argument<string> pipeline = PipelineOptions.Pipeline();
        Option<string[]> rows = GenerateRows.Option();
        var seed = new Option<ulong>("--seed")
        {
            Description = "What the random numbers start from; the same seed gives the same bytes.",
            HelpName = "S",
            DefaultValueFactory = _ => 42,
            CustomParser = OptionValue.Parser("--seed", "a number from 0", (string text, out ulong value) =>
                ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)),
        };
        var errorRate = new Option<double?>("--error-rate")
        {
            Description = "The share of rows that are spoiled, 0 to 1; the file's own unless given.",
            HelpName = "R",
            CustomParser = OptionValue.Parser("--error-rate", "a number from 0 to 1", (string text, out double? value) =>
            {
                bool isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
                value = number;
                return isNumber && number is >= 0 and <= 1;
            }),
        };
        var start = new Option<DateOnly?>("--start")
        {
            Description = "The first date, as 2024-01-31; the file's own unless given.",
            HelpName = "DATE",
            CustomParser = OptionValue.Parser("--start", "a date such as 2024-01-31", (string text, out DateOnly? value) =>
            {
                bool isDate = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date);
                value = date;
                return isDate;
            }),
        };
        var output = new Option<string>("--output", "-o") { Description = "The file to write; - is standard output.", HelpName = "FILE", DefaultValueFactory = _ => StandardOutput };
        var folder = new Option<string?>("--output-dir") { Description = "The folder to write all datasets to, each into its file.", HelpName = "DIR" };
        var dataset = new Option<string?>("--dataset") { Description = "Which of several datasets to write to FILE.", HelpName = "NAME" };
        var split = new Option<int>("--split")
        {
            Description = "With --output-dir: how many files, each of some days, a dataset becomes that can be split.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
            CustomParser = OptionValue.Parser("--split", $"a number from 1 to {MostParts}", (string text, out int value) =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is >= 1 and <= MostParts),
        };
        var force = new Option<bool>("--force") { Description = "Replace files that are there already." };
        Option<int> threads = PipelineOptions.Threads("How many workers; the bytes do not depend on it.");
        var command = new Command(Name, "Generates sample data for a pipeline, with realistic errors, as its generate.yaml declares.")
        {
            pipeline, rows, seed, errorRate, start, output, folder, dataset, split, force, threads,
        };
        IReadOnlyList<(string Dataset, Option<long?> Option)> datasetRows =
            arguments is [Name, ..] ? GenerateRows.DatasetOptions(command, arguments.Skip(1)) : [];
        command.Validators.Add(result =>
        {
            bool hasFolder = result.GetValue(folder) is not null;
            if (hasFolder && (result.GetValue(dataset) is not null || result.GetResult(output) is { Implicit: false }))
            {
                result.AddError("--output-dir writes all datasets; it cannot be given with --output or --dataset");
            }

            if (!hasFolder && result.GetValue(split) > 1)
            {
                result.AddError("--split writes several files; it needs --output-dir");
            }
        });
        command.SetAction(async (parsed, cancellationToken) => await CommandErrors.GuardAsync(async () =>
        {
            GeneratePlan plan = GeneratePlan.Load(GenerateRows.FileOf(parsed.GetRequiredValue(pipeline)));
            string? target = plan.IsSingle ? plan.Name : parsed.GetValue(dataset);
            var options = new GenerateOptions
            {
                DatasetRows = GenerateRows.Of(
                    parsed.GetValue(rows) ?? [], target, datasetRows.Select(one => (one.Dataset, parsed.GetValue(one.Option)))),
                Seed = parsed.GetValue(seed),
                ErrorRate = parsed.GetValue(errorRate),
                Start = parsed.GetValue(start),
                Overwrite = parsed.GetValue(force),
                Threads = parsed.GetValue(threads),
            };
            if (parsed.GetValue(folder) is { } path)
            {
                await ToFolderAsync(plan, path, parsed.GetValue(split), options, cancellationToken);
            }
            else if (parsed.GetValue(dataset) is null && plan.Datasets.Count > 1)
            {
                string names = string.Join(", ", plan.Datasets.Select(one => one.Name));
                throw new GenerateException(
                    $"`{plan.Name}` has several datasets ({names}); write all with --output-dir DIR, or one with --dataset NAME");
            }
            else
            {
                await ToFileAsync(plan, plan.Dataset(parsed.GetValue(dataset)), parsed.GetRequiredValue(output), options, cancellationToken);
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    private static async Task ToFolderAsync(
        GeneratePlan plan, string folder, int parts, GenerateOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Path, GenerateResult Result)> files =
            await GenerateFolder.WriteAsync(plan, folder, parts, options, null, cancellationToken);
        foreach ((string path, GenerateResult result) in files)
        {
            Console.Error.WriteLine($"{path}: {Summary(result)}");
        }
    }

    private static async Task ToFileAsync(
        GeneratePlan plan, GenerateDataset dataset, string output, GenerateOptions options, CancellationToken cancellationToken)
    {
        GenerateResult result;
        if (output == StandardOutput)
        {
            await using Stream stream = Console.OpenStandardOutput();
            result = await DataGenerator.RunAsync(plan, dataset.Name, stream, options, null, cancellationToken);
        }
        else
        {
            result = await GenerateFile.WriteAsync(plan, dataset.Name, output, options, null, cancellationToken);
        }

        Console.Error.WriteLine(Summary(result));
    }

    private static string Summary(GenerateResult result)
    {
        string records = result.Records == result.Rows ? "" : string.Create(CultureInfo.InvariantCulture, $" in {result.Records:N0} records");
        IEnumerable<string> errors = result.Errors.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Kind} {kind.Rows:N0}"));
        string withErrors = result.Errors.Count == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", {result.RowsWithErrors:N0} with errors ({string.Join(", ", errors)})");
        return string.Create(CultureInfo.InvariantCulture, $"{result.Rows:N0} rows{records}, {ByteSize.Format(result.Bytes)}{withErrors}");
    }
}
