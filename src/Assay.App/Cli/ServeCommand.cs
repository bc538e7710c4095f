using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Assay.App.Pipelines;
using Assay.App.Server;
using Assay.Store;

namespace Assay.App.Cli;

/// <summary><c>assay serve</c>.</summary>
internal static class ServeCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "serve";

    private const long LargestUpload = 1L << 40;

    public static Command Create()
    {
        var host = new Option<string>("--host")
        {
            Description = "The address to listen on. Another than this machine's own needs API keys: assay serve keys add NAME.",
            HelpName = "ADDRESS",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        host.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && text != "localhost" && !IPAddress.TryParse(text, out _))
            {
                result.AddError($"--host takes an IP address, such as 127.0.0.1 or 0.0.0.0; `{text}` is none");
            }
        });
        Option<int> port = Number("--port", "The port to listen on; 0 takes any that is free.", 0, 65_535, 8000);
        Option<int> maxJobs = Number("--max-jobs", "How many jobs run at once.", 1, 256, Math.Max(1, Environment.ProcessorCount / 2));
        Option<int> queue = Number("--queue", "How many jobs may wait; more are answered with 429.", 1, 1_000_000, 1_000);
        Option<int> keepDays = Number("--keep-days", "The days that ended jobs are kept.", 1, 36_500, 30);
        Option<int> keepJobs = Number("--keep-jobs", "How many ended jobs are kept.", 1, 1_000_000, 1_000);
        Option<int> grace = Number("--grace", "The seconds that running jobs get when the server is told to end; then they wait for its next start.", 0, 86_400, 20);
        Option<int> rate = Number("--rate-limit", "The requests a second that one key or address may make.", 1, 1_000_000, 2_000);
        var maxUpload = new Option<string>("--max-upload")
        {
            Description = "The most bytes of an upload, such as 500MiB or 10GiB.",
            HelpName = "SIZE",
            DefaultValueFactory = _ => "10GiB",
        };
        maxUpload.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && (!ByteSize.TryParse(text, out long bytes) || bytes is < 1 or > LargestUpload))
            {
                result.AddError($"--max-upload takes a size from 1 to 1TiB, such as 500MiB; `{text}` is none");
            }
        });
        var cors = new Option<string[]>("--cors")
        {
            Description = "An origin whose pages may call the server, such as https://shop.example. Can be given several times.",
            HelpName = "ORIGIN",
            DefaultValueFactory = _ => [],
        };
        var pipeline = new Option<string?>("--pipeline") { Description = "The pipeline that is meant when a request names none.", HelpName = "NAME" };
        var logFormat = new Option<string>("--log-format") { Description = "How the log on standard error is written.", DefaultValueFactory = _ => "plain" };
        logFormat.AcceptOnlyFromAmong("plain", "json");
        var command = new Command(Name, "Serves the REST API, the jobs and the dashboard until it is told to end.")
        {
            host, port, maxJobs, queue, maxUpload, keepDays, keepJobs, grace, rate, cors, pipeline, logFormat, KeysCommand.Create(),
        };
        command.SetAction((parsed, cancellationToken) => CommandErrors.GuardAsync(() => ServeAsync(
            parsed.GetRequiredValue(host),
            parsed.GetValue(port),
            new Numbers(parsed.GetValue(maxJobs), parsed.GetValue(queue), parsed.GetValue(keepDays), parsed.GetValue(keepJobs), parsed.GetValue(grace), parsed.GetValue(rate)),
            parsed.GetRequiredValue(maxUpload),
            parsed.GetRequiredValue(cors),
            parsed.GetValue(pipeline),
            parsed.GetRequiredValue(logFormat) == "json",
            cancellationToken)));
        return command;
    }

    private static Option<int> Number(string name, string description, int least, int most, int unlessGiven) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => unlessGiven,
        CustomParser = OptionValue.Parser(name, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"), (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most),
    };

    /// <summary>In a method of its own: the web server is loaded only when there is one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> ServeAsync(
        string host, int port, Numbers numbers, string maxUpload, string[] cors, string? pipeline, bool logsJson, CancellationToken cancellationToken)
    {
        PipelineSettings process = PipelineSettings.FromProcess([]);
        if (pipeline is not null && !PipelineLoader.List(process.WorkingDirectory).Contains(pipeline))
        {
            throw new UsageException($"there is no pipeline `{pipeline}`; there are {string.Join(", ", PipelineLoader.List(process.WorkingDirectory))}");
        }

        _ = ByteSize.TryParse(maxUpload, out long bytes);
        var options = new ServerOptions
        {
            Home = AssayHome.FromEnvironment(),
            Host = host,
            Port = port,
            MaxJobs = numbers.MaxJobs,
            MaxQueued = numbers.Queue,
            MaxUpload = bytes,
            KeepDays = numbers.KeepDays,
            KeepJobs = numbers.KeepJobs,
            Grace = TimeSpan.FromSeconds(numbers.Grace),
            RateLimit = numbers.Rate,
            CorsOrigins = cors,
            Pipeline = pipeline,
            LogsJson = logsJson,
        };
        AssayServer? ending = null;

        // Outlives the server, so that it hears a second Ctrl-C while the jobs have their time.
        using PosixSignalRegistration again = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            if (ending is not null)
            {
                signal.Cancel = true;
                ending.Hurry();
            }
        });
        await using AssayServer server = await AssayServer.StartAsync(options, process, cancellationToken);
        Console.Out.WriteLine($"serving on {server.Address}; end it with Ctrl-C");
        await server.WaitAsync(cancellationToken);
        ending = server;
        if (server.Running > 0)
        {
            Console.Error.WriteLine($"ending: jobs that run have {numbers.Grace} seconds; Ctrl-C again puts them back for the next start");
        }

        return ExitCodes.Done;
    }

    private sealed record Numbers(int MaxJobs, int Queue, int KeepDays, int KeepJobs, int Grace, int Rate);
}
