namespace Assay.Data;

/// <summary>A token of an expression's text.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Position">Where it begins.</param>
/// <param name="Value">What it says, without quotes.</param>
/// <param name="Source">It as the text has it, for error messages.</param>
internal readonly record struct Token(TokenKind Kind, int Position, string Value, string Source)
{
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Value == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Name && Value.Equals(word, StringComparison.OrdinalIgnoreCase);

    public string Describe() => Kind == TokenKind.End ? "the end" : $"`{Source}`";
}
