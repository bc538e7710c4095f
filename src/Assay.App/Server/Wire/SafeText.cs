using Assay.Data;
using Assay.Store;

namespace Assay.App.Server;

/// <summary>Takes the server's folders out of texts that clients are shown.</summary>
/// <param name="home">The server's home.</param>
internal sealed class SafeText(AssayHome home)
{
    /// <summary>The text without them: files in the home are named from there.</summary>
    public string Of(string text)
    {
        string working = Directory.GetCurrentDirectory();
        foreach (string folder in new[] { Path.GetRelativePath(working, home.Root), home.Root, working }.Where(folder => folder.Length > 1).OrderByDescending(folder => folder.Length))
        {
            text = text.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(folder, "the home", StringComparison.Ordinal);
        }

        return text;
    }

    /// <summary>A table whose files are named from the home on.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column with the names.</param>
    public ResultTable Of(ResultTable table, string column)
    {
        int files = table.Schema.Columns.TakeWhile(one => one.Name != column).Count();
        return table with { Rows = [.. table.Rows.Select(row => (object?[])[.. row.Select((cell, at) => at == files && cell is string name ? Of(name) : cell)])] };
    }
}
