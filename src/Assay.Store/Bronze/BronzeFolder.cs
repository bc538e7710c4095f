using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Store;

/// <summary>The folder of a source in bronze: how it is laid out, and what is in it.</summary>
internal static partial class BronzeFolder
{
    /// <summary>The end of the name of a file's records folder, after that of the file.</summary>
    public const string RecordsSuffix = ".records";

    /// <summary>How many digits of the hash begin a file's name: enough that no two files of a day share them.</summary>
    public const int HashDigits = 12;

    private const string LandingPrefix = ".landing-";
    private const int LongestName = 120;
    private static int _counter;

    /// <summary>A file to land bytes in, before their hash is known.</summary>
    public static string Landing(string folder) => Path.Combine(folder, string.Create(
        CultureInfo.InvariantCulture, $"{LandingPrefix}{Environment.ProcessId}-{Interlocked.Increment(ref _counter)}"));

    /// <summary>The folder of a day.</summary>
    public static string OfDay(string folder, DateOnly day) =>
        Path.Combine(folder, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>What a page of an API is called.</summary>
    public static string PageName(string part) => $"page-{part}.json.gz";

    /// <summary>Whether a file is a page of an API, which goes by its whole address.</summary>
    public static bool IsPage(string path) => Page().IsMatch(Path.GetFileName(path));

    /// <summary>The files whose bytes are complete, by the folder of their day, then by name.</summary>
    public static IEnumerable<string> Files(string folder) => Days(folder)
        .SelectMany(day => Directory.EnumerateFiles(day).Order(StringComparer.Ordinal))
        .Where(IsRaw);

    /// <summary>Removes what runs left that were killed. The caller holds the lock of the pipeline that writes the folder.</summary>
    public static void Sweep(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string landing in Directory.GetFiles(folder, LandingPrefix + "*"))
        {
            File.Delete(landing);
        }

        foreach (string unfinished in Days(folder).SelectMany(day => Directory.GetFiles(day, ".*.tmp")))
        {
            File.Delete(unfinished);
        }

        foreach (string partial in Days(folder).SelectMany(day => Directory.GetDirectories(day, ".*")))
        {
            Directory.Delete(partial, recursive: true);
        }
    }

    /// <summary>The last part of an origin, as a file may be called anywhere.</summary>
    public static string NameOf(string origin)
    {
        string name = origin[(origin.LastIndexOfAny(['/', '\\']) + 1)..];
        name = string.Concat(name.Select(c => char.IsControl(c) || c is ':' or '*' or '?' or '"' or '<' or '>' or '|' ? '_' : c));
        // The end tells the format, so it is the beginning that gives way.
        name = name.Length > LongestName ? name[^LongestName..] : name;
        return name is "" or "-" ? "stdin" : name;
    }

    private static IEnumerable<string> Days(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
        : [];

    private static bool IsRaw(string path) =>
        Path.GetFileName(path)[0] != '.' && !path.EndsWith(BronzeManifest.Suffix, StringComparison.Ordinal);

    [GeneratedRegex(@"^([0-9a-f]{12}-|[0-9a-f]{64}-)?page-[0-9-]+\.json\.gz$", RegexOptions.CultureInvariant)]
    private static partial Regex Page();
}
