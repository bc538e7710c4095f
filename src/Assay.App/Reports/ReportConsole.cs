using Spectre.Console;

namespace Assay.App.Reports;

/// <summary>Where reports are drawn: a terminal with colours, or plain text when output goes to a file or a pipe.</summary>
internal static class ReportConsole
{
    private const int PlainWidth = 120;

    /// <summary>Whether standard output goes to a file or a pipe.</summary>
    public static bool IsPlain => Console.IsOutputRedirected;

    /// <summary>A console over a writer.</summary>
    /// <param name="output">Takes the text.</param>
    public static IAnsiConsole Create(TextWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = IsPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = IsPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (IsPlain)
        {
            // A file or a pipe has no width of its own.
            console.Profile.Width = PlainWidth;
        }

        return console;
    }

    /// <summary>Lets what follows be as wide as it is when it is read by programs, too.</summary>
    public static void Widen(IAnsiConsole console)
    {
        if (IsPlain)
        {
            console.Profile.Width = int.MaxValue / 2;
        }
    }
}
