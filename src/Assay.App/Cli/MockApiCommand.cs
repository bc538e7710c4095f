using System.CommandLine;
using System.Globalization;
using Assay.App.MockApi;
using Assay.App.Pipelines;

namespace Assay.App.Cli;

/// <summary><c>assay mock-api</c>.</summary>
internal static class MockApiCommand
{
    private const int DefaultPort = 8808;

    public static Command Create()
    {
        var pipeline = new Argument<string>("pipeline")
        {
            Description = "The pipeline: a name under pipelines/, a folder with a pipeline.yaml; or a mock-api.yaml.",
        };
        var port = new Option<int>("--port")
        {
            Description = "The port on 127.0.0.1; 0 for any that is free.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultPort,
            CustomParser = OptionValue.Parser("--port", "a number from 0 to 65535", (string text, out int value) =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is >= 0 and <= ushort.MaxValue),
        };
        var data = new Option<string?>("--data")
        {
            Description = "A JSON file whose arrays are served instead of made-up records.",
            HelpName = "FILE",
        };
        var faults = new MockApiOptions();
        var command = new Command("mock-api", "Serves a made-up API for a pipeline on this machine, as its mock-api.yaml declares, with faults to order.")
        {
            pipeline, port, data,
        };
        foreach (Option option in faults.All)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => CommandErrors.GuardAsync(async () =>
        {
            string name = parsed.GetRequiredValue(pipeline);
            MockApiSettings settings = faults.Read(parsed) with { DataFile = parsed.GetValue(data) };
            MockApiDefinition api = Definition(name, settings.DataFile);
            await using MockApiServer server =
                await MockApiServer.StartAsync(api, settings, parsed.GetValue(port), TimeProvider.System, cancellationToken);
            Tell(server);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C is how it ends.
                Console.Error.WriteLine($"stopped; requests by status: {Counts(server.Statuses)}");
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    /// <summary>How many requests had each status, in words.</summary>
    internal static string Counts(IReadOnlyDictionary<int, long> statuses) => statuses.Count == 0 ? "none" : string.Join(
        ", ", statuses.Select(one => string.Create(CultureInfo.InvariantCulture, $"{(one.Key == 0 ? "reset" : one.Key)} × {one.Value:N0}")));

    private static MockApiDefinition Definition(string name, string? dataFile)
    {
        if (File.Exists(name) && Path.GetFileName(name) != "pipeline.yaml")
        {
            return MockApiDefinition.Load(name);
        }

        PipelineDefinition pipeline = PipelineLoader.Load(name, PipelineSettings.FromProcess([]));
        return Simulation.FileOf(pipeline) is { } file ? MockApiDefinition.Load(file)
            : dataFile is not null ? MockApiDefinition.OfData(dataFile)
            : throw new UsageException(
                $"`{pipeline.Name}` declares no API to serve; write a {Simulation.FileName} beside it ({pipeline.Folder}), or give --data FILE.json, whose arrays are then served");
    }

    private static void Tell(MockApiServer server)
    {
        string title = server.Api.Name.Length == 0 ? "the API" : $"`{server.Api.Name}`";
        Console.WriteLine($"serving {title} at {server.Address}; try");
        foreach (MockResource resource in server.Api.Resources.Values)
        {
            string address = $"{server.Address.AbsoluteUri.TrimEnd('/')}/{resource.Name}";
            string records = string.Create(CultureInfo.InvariantCulture, $"{server.Data[resource.Dataset].Count:N0} records");
            string place = resource.Paging.IsNumbered ? $"?{resource.Paging.PlaceParameter}={resource.Paging.FirstPage + 1}" : "";
            Console.WriteLine($"  curl '{address}{place}'    {records}");
            foreach (string child in resource.Nested.Keys)
            {
                Console.WriteLine($"  curl '{address}/1/{child}'");
            }
        }

        Console.WriteLine("Ctrl-C stops it.");
    }
}
