using System.CommandLine;
using System.Globalization;
using Assay.App.Generate;
using Assay.App.Pipelines;

namespace Assay.App.Cli;

/// <summary><c>assay generate</c>.</summary>
internal static class GenerateCommand
{
    private const string FileName = "generate.yaml";

    public static Command Create()
    {
        Argument<string> pipeline = PipelineOptions.Pipeline();
        var rows = new Option<long>("--rows", "-n")
        {
            Description = "How many rows.",
            HelpName = "N",
            DefaultValueFactory = _ => 10_000,
            CustomParser = OptionValue.Parser("--rows", "a number from 0", (string text, out long value) =>
                long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)),
        };
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
        var output = new Option<string>("--output", "-o") { Description = "The file to write; - is standard output.", HelpName = "FILE", DefaultValueFactory = _ => "-" };
        Option<int> threads = PipelineOptions.Threads("How many workers; the bytes do not depend on it.");
        var command = new Command("generate", "Generates sample data for a pipeline, with realistic errors, as its generate.yaml declares.")
        {
            pipeline, rows, seed, errorRate, start, output, threads,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string name = parsed.GetRequiredValue(pipeline);
            var options = new GenerateOptions
            {
                Rows = parsed.GetValue(rows),
                Seed = parsed.GetValue(seed),
                ErrorRate = parsed.GetValue(errorRate),
                Start = parsed.GetValue(start),
                Threads = parsed.GetValue(threads),
            };
            return await CommandErrors.GuardAsync(() => GenerateAsync(name, parsed.GetRequiredValue(output), options, cancellationToken));
        });
        return command;
    }

    private static async Task<int> GenerateAsync(string name, string output, GenerateOptions options, CancellationToken cancellationToken)
    {
        string folder = PipelineLoader.FolderOf(name, Directory.GetCurrentDirectory());
        string file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            Console.Error.WriteLine($"error: there is no {FileName} beside the pipeline `{name}` ({folder})");
            return ExitCodes.Usage;
        }

        GeneratePlan plan = GeneratePlan.Load(file);
        GenerateResult result;
        if (output == "-")
        {
            await using Stream stream = Console.OpenStandardOutput();
            result = await DataGenerator.RunAsync(plan, stream, options, null, cancellationToken);
        }
        else
        {
            result = await GenerateFile.WriteAsync(plan, output, options, null, cancellationToken);
        }

        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Rows:N0} rows, {ByteSize.Format(result.Bytes)}, {result.RowsWithErrors:N0} with errors ({string.Join(", ", result.Errors.Select(kind => $"{kind.Kind} {kind.Rows:N0}"))})"));
        return ExitCodes.Done;
    }
}
