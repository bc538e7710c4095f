using System.Diagnostics;
using System.Text.RegularExpressions;
using Assay.App.Tests.EndToEnd;
using Assay.App.Tests.House;

namespace Assay.App.Tests.Api;

/// <summary>The page on the .NET API shows the example as it is compiled, and the example says what is kept in Golden/api.</summary>
public sealed partial class DotNetExampleTests : IDisposable
{
    private static readonly string Example = Path.Combine(Repository.Root, "docs", "examples", "DotNetApi");
    private readonly string _home = Directory.CreateTempSubdirectory("assay-example-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Page_WhenItShowsCode_ThenIsTheExampleWholeAndInOrder()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "dotnet-api.md"));
        string[] shown = [.. CodeBlock().Matches(page).Where(block => block.Groups["language"].Value == "csharp").Select(block => block.Groups["text"].Value)];

        Assert.Equal(File.ReadAllText(Path.Combine(Example, "Program.cs")), string.Join('\n', shown));
        Assert.Equal(
            [File.ReadAllText(Path.Combine(Example, "shop", "pipeline.yaml"))],
            CodeBlock().Matches(page).Where(block => block.Groups["language"].Value == "yaml").Select(block => block.Groups["text"].Value));
    }

    [Fact]
    public void Example_WhenItIsRun_ThenSaysWhatIsKept()
    {
        var start = new ProcessStartInfo(AssayProgram.Host)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASSAY_HOME"] = _home;
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "DotNetApi.dll"));
        using Process process = Process.Start(start)!;

        ProgramResult result = AssayProgram.Finish(process);

        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        GoldenFile.Check(Path.Combine("api", "example.txt"), result.Text);
    }

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
