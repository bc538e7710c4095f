using System.IO.Enumeration;

namespace Assay.App.Pipelines;

/// <summary>Finds the files that a path with <c>*</c> (any characters) and <c>?</c> (any one) in its parts stands for.</summary>
internal static class FilePattern
{
    /// <summary>Finds the files.</summary>
    /// <param name="path">The path; wildcards do not reach across <c>/</c>.</param>
    /// <param name="folder">The folder that a relative path starts from.</param>
    /// <returns>The files in ordinal order, each as <paramref name="path"/> would name it.</returns>
    public static IReadOnlyList<string> Expand(string path, string folder)
    {
        if (!HasWildcard(path))
        {
            return [path];
        }

        string root = Path.IsPathRooted(path) ? Path.GetPathRoot(path)! : "";
        var found = new List<string> { root };
        string[] parts = path[root.Length..].Split('/', Path.DirectorySeparatorChar);
        for (int i = 0; i < parts.Length; i++)
        {
            bool last = i == parts.Length - 1;
            string part = parts[i];
            found = [.. found.SelectMany(parent => HasWildcard(part) ? Matches(parent, part, folder, last) : [Path.Combine(parent, part)])];
        }

        found.RemoveAll(file => !File.Exists(Path.Combine(folder, file)));
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static bool HasWildcard(string text) => text.AsSpan().IndexOfAny('*', '?') >= 0;

    private static IEnumerable<string> Matches(string parent, string pattern, string folder, bool files)
    {
        var parentFolder = new DirectoryInfo(Path.Combine(folder, parent));
        if (!parentFolder.Exists)
        {
            return [];
        }

        IEnumerable<FileSystemInfo> entries = files ? parentFolder.EnumerateFiles() : parentFolder.EnumerateDirectories();
        return entries
            .Where(entry => FileSystemName.MatchesSimpleExpression(pattern, entry.Name, ignoreCase: false))
            .Select(entry => Path.Combine(parent, entry.Name));
    }
}
