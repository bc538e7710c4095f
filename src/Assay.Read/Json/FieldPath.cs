using System.Text;

namespace Assay.Read;

/// <summary>A place inside a nested record, such as <c>address.city</c>: the names that lead to it.</summary>
/// <remarks>
/// Names are joined by dots. A name that has a dot itself, or is empty, stands in double quotes, and a quote inside them is
/// doubled: <c>"a.b".c</c> is <c>c</c> in <c>a.b</c>. Without quotes a dot always leads one level down. Where the value is
/// a list, a number counts its elements from 0: <c>tags.0</c>.
/// </remarks>
internal static class FieldPath
{
    /// <summary>Takes a path apart.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Its names, at least one.</returns>
    /// <exception cref="ArgumentException">It is malformed.</exception>
    public static string[] Parse(string path)
    {
        var names = new List<string>();
        for (int at = 0; ; at++)
        {
            names.Add(at < path.Length && path[at] == '"' ? Quoted(path, ref at) : Plain(path, ref at));
            if (at == path.Length)
            {
                return [.. names];
            }

            if (path[at] != '.')
            {
                throw Malformed(path);
            }
        }
    }

    /// <summary>A single name as a path.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name, in double quotes where it needs them.</returns>
    public static string Of(string name) =>
        name.Length == 0 || name[0] == '"' || name.Contains('.', StringComparison.Ordinal) ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;

    private static string Plain(string path, ref int at)
    {
        int dot = path.IndexOf('.', at);
        int end = dot < 0 ? path.Length : dot;
        string name = path[at..end];
        at = end;
        return name.Length > 0 ? name : throw Malformed(path);
    }

    private static string Quoted(string path, ref int at)
    {
        var name = new StringBuilder();
        for (at++; at < path.Length; at++)
        {
            if (path[at] != '"')
            {
                name.Append(path[at]);
            }
            else if (at + 1 < path.Length && path[at + 1] == '"')
            {
                name.Append('"');
                at++;
            }
            else
            {
                at++;
                return name.ToString();
            }
        }

        throw Malformed(path);
    }

    private static ArgumentException Malformed(string path) => new(
        $"`{path}` is not a path of names: write them with a dot between, such as data.items, and in double quotes when a name has a dot.",
        nameof(path));
}
