using System.CommandLine;
using Assay.Data;

namespace Assay.App.Cli;

/// <summary>What is wrong with a command line, and what was meant.</summary>
internal static class ParseErrors
{
    /// <summary>The messages: of a word that is no command that alone, as all others follow from it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <returns>For example <c>there is no command `runn`, did you mean `run`?; the commands are …</c></returns>
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [{ } word, ..])
        {
            return [$"there is no command `{word}`{Hint(word, command.Subcommands)}; the commands are {string.Join(", ", command.Subcommands.Select(one => one.Name))}"];
        }

        return parsed.Errors.Select(error =>
        {
            string? unknown = parsed.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-') && error.Message.Contains($"'{token}'", StringComparison.Ordinal));
            string hint = unknown is null ? "" : Hint(unknown, command.Options);
            return hint.Length == 0 ? error.Message : error.Message.TrimEnd('.') + hint;
        });
    }

    private static string Hint(string word, IEnumerable<Symbol> known) => DidYouMean.Hint(word, known.Select(one => one.Name)) is { } hint ? $", {hint}" : "";
}
