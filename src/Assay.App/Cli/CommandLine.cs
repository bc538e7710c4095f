using System.CommandLine;

namespace Assay.App.Cli;

/// <summary>The command line: one file a command.</summary>
internal static class CommandLine
{
    // What a shell says of a process that Ctrl-C ended, and the library of a command that did not stop in time.
    private const int Killed = 130;

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
              assay validate NAME                   check it without running it
            """)
        {
            RunCommand.Create(),
            ValidateCommand.Create(),
            ShowCommand.Create(),
            GenerateCommand.Create(arguments),
        };
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine($"error: {error.Message}");
            }

            Console.Error.WriteLine($"  see: {RunRecordName(parsed)} --help");
            return ExitCodes.Usage;
        }

        int code = await parsed.InvokeAsync();
        if (code == Killed)
        {
            Console.Error.WriteLine("stopped on the way; what was published before is as it was");
        }

        return code;
    }

    private static string RunRecordName(ParseResult parsed) => parsed.CommandResult.Command is RootCommand
        ? "assay"
        : $"assay {parsed.CommandResult.Command.Name}";
}
