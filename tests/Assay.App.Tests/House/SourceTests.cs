using System.Text.RegularExpressions;

namespace Assay.App.Tests.House;

/// <summary>What no source file may contain, and how long one may be.</summary>
public class SourceTests
{
    private const int MostLines = 400;

    /// <summary>Files past <see cref="MostLines"/> lines, each with the reason it is not split.</summary>
    private static readonly Dictionary<string, string> LongFiles = new(StringComparer.Ordinal)
    {
    };

    /// <summary>Pipelines whose name is an ordinary word, which comments and messages may use.</summary>
    private static readonly string[] OrdinaryWords = ["orders", "customers", "content"];

    /// <summary>Files in which a pipeline's name is a word of the program's own.</summary>
    private static readonly Dictionary<string, string[]> OwnWords = new(StringComparer.Ordinal)
    {
        // A column of the tables that Assay keeps in a database, and a key of the server's settings.
        ["content"] = ["src/Assay.Store/Engines/Schema/OwnTables.cs", "src/Assay.App/Server/Settings/ServerReading.cs"],
    };

    public static TheoryData<string> Pipelines =>
        [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "pipelines")).Select(d => Path.GetFileName(d)!)];

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void Sources_WhenSearchedForAPipelinesName_ThenNoneKnowsIt(string pipeline)
    {
        // An ordinary word is the pipeline's name where it stands as one does: in small letters, and in quotes, in a path or
        // after a point. A parameter's documentation is none of these.
        string word = Regex.Escape(pipeline);
        Regex name = OrdinaryWords.Contains(pipeline)
            ? new Regex($@"(?<=[`'/.]|(?<!<param name=)""){word}(?=[`""'/.:])")
            : new Regex($@"\b{word}\b", RegexOptions.IgnoreCase);

        IEnumerable<string> knowing = Repository.Files("src")
            .Where(file => name.IsMatch(File.ReadAllText(file)))
            .Select(Repository.Relative)
            .Except(OwnWords.GetValueOrDefault(pipeline, []));

        Assert.Equal([], knowing);
    }

    [Fact]
    public void CodeFiles_WhenLongerThanMost_ThenAreListedWithAReason()
    {
        IEnumerable<string> unlisted = LongOnes().Where(file => !LongFiles.ContainsKey(file));

        Assert.Equal([], unlisted);
    }

    [Fact]
    public void ListOfLongFiles_WhenAFileWasSplit_ThenNoLongerNamesIt() =>
        Assert.Equal([], LongFiles.Keys.Except(LongOnes()));

    private static IEnumerable<string> LongOnes() =>
        new[] { "src", "tests", "bench" }
            .Where(folder => Directory.Exists(Path.Combine(Repository.Root, folder)))
            .SelectMany(folder => Repository.Files(folder, "*.cs"))
            .Where(file => File.ReadLines(file).Count() > MostLines)
            .Select(Repository.Relative);
}
