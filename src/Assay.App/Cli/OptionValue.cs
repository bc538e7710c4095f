using System.CommandLine.Parsing;

namespace Assay.App.Cli;

/// <summary>Reads an option's value, and says what it takes when the text is none of that.</summary>
internal static class OptionValue
{
    /// <summary>Reads a text.</summary>
    /// <returns>False when it is not what the option takes.</returns>
    public delegate bool Reader<T>(string text, out T value);

    /// <summary>Makes a parser for an option.</summary>
    /// <param name="option">The option's name.</param>
    /// <param name="takes">What it takes, in words.</param>
    /// <param name="read">Reads the text.</param>
    /// <returns>The parser.</returns>
    public static Func<ArgumentResult, T?> Parser<T>(string option, string takes, Reader<T> read) => result =>
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
        if (read(text, out T value))
        {
            return value;
        }

        result.AddError($"{option} takes {takes}; `{text}` is none");
        return default;
    };
}
