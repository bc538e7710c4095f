using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Assay.App.Tests.House;

namespace Assay.App.Tests.EndToEnd;

/// <summary>
/// The README's commands work as they stand, its picture is what the program prints, and its links lead somewhere.
/// The picture is refreshed as <see cref="GoldenFile"/> says, when more than timings have changed.
/// </summary>
public sealed partial class ReadmeTests : IDisposable
{
    private const string Elision = "…";
    private static readonly string File = Path.Combine(Repository.Root, "README.md");
    private readonly string _folder = Directory.CreateTempSubdirectory("assay-readme-").FullName;

    /// <summary>A scratch copy of what the commands need, with the program that was built with these tests as ./assay.</summary>
    public ReadmeTests()
    {
        string pipelines = Path.Combine(_folder, "pipelines");
        foreach (string file in Repository.Files("pipelines"))
        {
            string copy = Path.Combine(pipelines, Path.GetRelativePath(Path.Combine(Repository.Root, "pipelines"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(file, copy);
        }

        Script("assay", $"exec {string.Join(' ', AssayProgram.Command.Select(word => $"'{word}'"))} \"$@\"");

        // Running all tests from within one of them would never end; that the script is there is what can be checked.
        Script("test", $"[ -x '{Path.Combine(Repository.Root, "test")}' ]");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Commands_WhenRunInTheirOrder_ThenSucceed()
    {
        string[] commands = [.. ShellBlock().Matches(System.IO.File.ReadAllText(File)).Select(block => block.Groups[1].Value)];
        Assert.Equal(5, commands.Length);
        ProgramResult result = Bash(string.Concat(commands));
        Assert.Equal(("", 0), (WithoutWarnings(WithoutSummary(result.Error)), result.ExitCode));
        Assert.Contains("10,000 rows read", result.Text, StringComparison.Ordinal);
        Assert.Contains("28 accepted", result.Text, StringComparison.Ordinal);
        Assert.Equal(1001, System.IO.File.ReadLines(Path.Combine(_folder, "data", "sales.csv")).Count());
        Assert.True(Directory.Exists(Path.Combine(_folder, "data", "gold", "sales", "current")));
    }

    [Fact]
    public void Picture_WhenTheCommandIsRun_ThenIsWhatItPrints()
    {
        string readme = System.IO.File.ReadAllText(File);
        Match picture = Picture().Match(readme);
        Assert.True(picture.Success);
        ProgramResult result = Bash(picture.Groups["command"].Value);
        Assert.Equal(("", 0), (result.Error, result.ExitCode));
        Assert.DoesNotContain('\u001b', result.Text);

        string[] lines = [.. result.Text.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())];
        int first = int.Parse(picture.Groups["first"].Value, CultureInfo.InvariantCulture);
        int last = int.Parse(picture.Groups["last"].Value, CultureInfo.InvariantCulture);
        Assert.InRange(first + last, 2, lines.Length);
        string actual = string.Join('\n', [.. lines[..first], Elision, .. lines[^last..], ""]);
        string shown = picture.Groups["text"].Value;
        if (GoldenFile.Updating && AssayProgram.Masked(actual) != AssayProgram.Masked(shown))
        {
            Group text = picture.Groups["text"];
            System.IO.File.WriteAllText(File, readme[..text.Index] + actual + readme[(text.Index + text.Length)..]);
            return;
        }

        Assert.Equal(AssayProgram.Masked(actual), AssayProgram.Masked(shown));
    }

    [Fact]
    public void Links_WhenRelative_ThenLeadToFiles()
    {
        string[] pages = [File, .. Repository.Files("docs", "*.md")];
        int links = 0;
        foreach (string page in pages)
        {
            foreach (Match link in Link().Matches(System.IO.File.ReadAllText(page)))
            {
                links++;
                Assert.True(
                    Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, link.Groups[1].Value)),
                    $"{Repository.Relative(page)} links to {link.Groups[1].Value}, which is not there.");
            }
        }

        Assert.InRange(links, 10, int.MaxValue);
    }

    private void Script(string name, string line)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, $"#!/bin/sh\n{line}\n");
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private ProgramResult Bash(string script)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ASSAY_HOME");
        using Process process = Process.Start(start)!;
        return AssayProgram.Finish(process);
    }

    /// <summary>Errors without what <c>generate</c> says of the rows it wrote.</summary>
    private static string WithoutSummary(string error) => Summary().Replace(error, "");

    /// <summary>The sample of the second pipeline has an order of nobody, which a check warns of.</summary>
    private static string WithoutWarnings(string error) => Warning().Replace(error, "");

    [GeneratedRegex("^```sh\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex("^<!-- picture: (?<command>.+); first (?<first>[0-9]+), last (?<last>[0-9]+) -->\n```text\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Picture();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^1,000 rows, .* with errors \(.*\)\n", RegexOptions.Multiline)]
    private static partial Regex Summary();

    [GeneratedRegex("^warning: check `relationships_.*\n", RegexOptions.Multiline)]
    private static partial Regex Warning();
}
