using Assay.App.Pipelines;

namespace Assay.App.Tests.Pipelines;

public sealed class DotEnvFileTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("  A = 1  ", "1")]
    [InlineData("export A=1", "1")]
    [InlineData("A=", "")]
    [InlineData("A=a b # comment", "a b")]
    [InlineData("A=a#b", "a#b")]
    [InlineData("A=# comment", "")]
    [InlineData("A='a # \\n b' # comment", "a # \\n b")]
    [InlineData("A=\"a # \\n\\t\\\"\\\\ b\"", "a # \n\t\"\\ b")]
    [InlineData("A=x=y", "x=y")]
    [InlineData("# comment\n\nA=1\r\n", "1")]
    [InlineData("A=1\nA=2", "2")]
    [InlineData("\uFEFFA=1", "1")]
    public void Parse_WhenALineIsASetting_ThenGivesItsValue(string text, string value) =>
        Assert.Equal([new KeyValuePair<string, string>("A", value)], DotEnvFile.Parse(text));

    [Fact]
    public void Parse_WhenLinesAreWrong_ThenSaysAll()
    {
        var exception = Assert.Throws<DefinitionException>(() => DotEnvFile.Parse("A=1\nnothing\n  2B=1\nC=\"open\nD='x' y\n"));
        Assert.Equal(
            [
                ".env:2:1: this is no setting; write `NAME=VALUE`",
                ".env:3:3: this is no setting; write `NAME=VALUE`",
                ".env:4:1: the quoted value of `C` does not end with its quote",
                ".env:5:1: the quoted value of `D` does not end with its quote",
            ],
            exception.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void FromProcess_WhenThereIsAFile_ThenReadsIt()
    {
        string folder = Directory.CreateTempSubdirectory("assay").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, ".env"), "ASSAY_FILE=a.csv\n");
            PipelineSettings settings = PipelineSettings.FromProcess(["file=b=c.csv", "x=2"], folder);
            Assert.Equal("a.csv", settings.DotEnv["ASSAY_FILE"]);
            Assert.Equal("b=c.csv", settings.Overrides["file"]);
            Assert.Equal("2", settings.Overrides["x"]);
            Assert.Equal(Environment.GetEnvironmentVariable("PATH"), settings.Environment["PATH"]);
            Assert.Equal(folder, settings.WorkingDirectory);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void FromProcess_WhenAVariableIsSetTwice_ThenNamesIt()
    {
        var exception = Assert.Throws<DefinitionException>(() => PipelineSettings.FromProcess(["file=a.csv", "x=1", " file =b.csv"]));
        Assert.Equal("--set: `file` is set twice; give it one value; of files that is a pattern such as `data/*.csv`", exception.Message);
    }

    [Fact]
    public void FromProcess_WhenAnOverrideHasNoValue_ThenSaysSo()
    {
        var exception = Assert.Throws<DefinitionException>(() => PipelineSettings.FromProcess(["file", "=x"]));
        Assert.Equal("--set: `file` gives no variable a value; write `--set NAME=VALUE`\n--set: `=x` gives no variable a value; write `--set NAME=VALUE`", exception.Message);
    }
}
