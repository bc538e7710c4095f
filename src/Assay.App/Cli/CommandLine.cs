using System.CommandLine;
using System.CommandLine.Parsing;

namespace Assay.App.Cli;

/// <summary>The command line: one file a command.</summary>
internal static class CommandLine
{
    // What a shell says of a process that Ctrl-C or SIGTERM ended, and the library of a command that did not stop in time.
    private const int Interrupted = 130;
    private const int Terminated = 143;

    private static readonly Entry[] Commands =
    [
        new("run", _ => RunCommand.Create()),
        new("plan", _ => PlanCommand.Create()),
        new("validate", _ => ValidateCommand.Create()),
        new("show", _ => ShowCommand.Create()),
        new("runs", _ => RunsCommand.Create()),
        new("quarantine", _ => QuarantineCommand.Create()),
        new("sql", _ => SqlCommand.Create()),
        new("verify", _ => VerifyCommand.Create()),
        new("db", _ => DbCommand.Create()),
        new("generate", GenerateCommand.Create),
        new(ServeCommand.Name, _ => ServeCommand.Create()),
        new("mock-api", _ => MockApiCommand.Create()),
    ];

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code, see <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand(
            """
            Refines messy business data into numbers that people can trust.

            Try this first:
              assay run NAME                        a pipeline of pipelines/, on its sample
              assay run NAME --set file=FILE.csv    on your own file
              assay plan NAME                       what that would do; writes nothing
              assay validate NAME                   check it without running it
              assay show NAME                       what it published
              assay runs list                       what ran, and how it went
              assay quarantine list NAME            what was set aside, and why
              assay sql KPI --engine postgres       a KPI as SQL
              assay verify NAME                     proof that all engines say the same
              assay serve                           all of it over HTTP, with jobs and a dashboard
              assay mock-api NAME                   an API to try a pipeline on, made up
            """);
        foreach (Entry command in Asked(arguments))
        {
            root.Add(command.Create(arguments));
        }

        // Who types nothing but the name wants to know what there is.
        ParseResult parsed = root.Parse(arguments is [] ? ["--help"] : arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (string error in ParseErrors.Of(parsed))
            {
                Console.Error.WriteLine($"error: {error}");
            }

            Console.Error.WriteLine($"  see: {NameOf(parsed)} --help");
            return ExitCodes.Usage;
        }

        var invocation = new InvocationConfiguration();
        if (arguments is [ServeCommand.Name, ..])
        {
            // A server listens to signals itself; the library would end the process two seconds later, whatever still runs.
            invocation.ProcessTerminationTimeout = null;
        }

        int code = await parsed.InvokeAsync(invocation);
        if (code is Interrupted or Terminated)
        {
            Console.Error.WriteLine("stopped on the way; what was published before is as it was");
        }

        return code;
    }

    /// <summary>
    /// The command that is named first, or all when none is, for help and for words that are no command. Putting the options of all
    /// commands together takes a noticeable part of a short run.
    /// </summary>
    private static Entry[] Asked(string[] arguments) =>
        arguments is [{ } first, ..] && Array.Find(Commands, command => command.Name == first) is { } asked ? [asked] : Commands;

    /// <summary>The command as it is written, with those it is part of.</summary>
    private static string NameOf(ParseResult parsed)
    {
        string name = "";
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } result; at = at.Parent)
        {
            name = $" {result.Command.Name}{name}";
        }

        return "assay" + name;
    }

    private sealed record Entry(string Name, Func<string[], Command> Create);
}
