using System.Text.RegularExpressions;
using Assay.Data;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>Takes the machine's folders out of texts that clients are shown.</summary>
internal sealed partial class SafeText
{
    private const string PathCharacter = @"[\w.\-]";

    private readonly List<(Regex Pattern, string By)> _folders = [];

    /// <param name="home">The server's home.</param>
    public SafeText(AssayHome home)
    {
        string working = Directory.GetCurrentDirectory();
        foreach (string folder in new[] { Path.GetRelativePath(working, home.Root), home.Root, working }.Where(folder => folder.Length > 1).OrderByDescending(folder => folder.Length))
        {
            // Whole paths only: a home is often called `data`, which is also a word.
            string whole = $"(?<!{PathCharacter}|/){Regex.Escape(folder)}";
            _folders.Add((new Regex($"{whole}{Regex.Escape(Path.DirectorySeparatorChar.ToString())}(?={PathCharacter})"), ""));
            if (folder.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                _folders.Add((new Regex($"{whole}(?!{PathCharacter})"), "the home"));
            }
        }
    }

    /// <summary>The text without them: files in the home and in the working directory are named from there, others by their
    /// names alone.</summary>
    public string Of(string text) => Folders().Replace(Near(text), "");

    /// <summary>A table whose files are named in that way; two that would get the same name keep their folders.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column with the names.</param>
    public ResultTable Of(ResultTable table, string column)
    {
        int files = table.Schema.Columns.TakeWhile(one => one.Name != column).Count();
        Dictionary<string, string> names = table.Rows.Select(row => row[files]).OfType<string>().Distinct(StringComparer.Ordinal)
            .GroupBy(Of, StringComparer.Ordinal)
            .SelectMany(alike => alike.Count() == 1 ? alike.Select(name => (name, alike.Key)) : alike.Select(name => (name, Near(name))))
            .ToDictionary(StringComparer.Ordinal);
        return table with { Rows = [.. table.Rows.Select(row => (object?[])[.. row.Select((cell, at) => at == files && cell is string name ? names[name] : cell)])] };
    }

    private string Near(string text)
    {
        foreach ((Regex pattern, string by) in _folders)
        {
            text = pattern.Replace(text, by);
        }

        return text;
    }

    /// <summary>The folders of a path that begins at the root or leads upwards; what follows the host of a URL is none.</summary>
    [GeneratedRegex("""(?<![\w.\-:/])(?:/|(?:\.\./)+)(?:[^\s/'"`<>|:;,()\[\]{}\\]+/)+(?=[\w.\-*])""")]
    private static partial Regex Folders();
}
