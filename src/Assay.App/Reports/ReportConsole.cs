using System.Text;
using Spectre.Console;

namespace Assay.App.Reports;

/// <summary>Where reports are drawn: a terminal with colours, or plain text when output goes to a file or a pipe.</summary>
internal static class ReportConsole
{
    private const int PlainWidth = 120;
    private const int FurtherIn = 4;

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

    /// <summary>Writes a line below what it is about, fainter than that and set in; what has no room goes on below it, further in.</summary>
    /// <param name="console">Where.</param>
    /// <param name="text">What it says.</param>
    public static void Note(IAnsiConsole console, string text)
    {
        // Faint is faint on any ground; a grey of the terminal's own may be the ground's.
        foreach (string line in Lines(text, console.Profile.Width))
        {
            console.Write(new Text(line + Environment.NewLine, new Style(decoration: Decoration.Dim)));
        }
    }

    /// <summary>A note's lines, broken between words.</summary>
    internal static IEnumerable<string> Lines(string text, int width)
    {
        var line = new StringBuilder(" ");
        foreach (string word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > width && line.ToString().Trim().Length > 0)
            {
                yield return line.ToString();
                line.Clear().Append(' ', FurtherIn - 1);
            }

            line.Append(' ').Append(word);
        }

        yield return line.ToString();
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
