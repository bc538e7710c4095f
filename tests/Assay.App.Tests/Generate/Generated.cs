using System.Text;
using Assay.App.Generate;

namespace Assay.App.Tests.Generate;

/// <summary>Runs plans into memory.</summary>
internal static class Generated
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The sales plan of the repository.</summary>
    public static GeneratePlan Sales { get; } = GeneratePlan.Load(Path.Combine(Root, "pipelines", "sales", "generate.yaml"));

    public static async Task<(string Text, GenerateResult Result)> RunAsync(GeneratePlan plan, GenerateOptions options)
    {
        using var output = new MemoryStream();
        GenerateResult result = await DataGenerator.RunAsync(plan, output, options, progress: null, CancellationToken.None);
        Assert.Equal(output.Length, result.Bytes);
        return (Encoding.UTF8.GetString(output.ToArray()), result);
    }

    /// <summary>The rows of a plan as fields, without the header. The fields hold no quotes.</summary>
    public static async Task<(string[][] Rows, GenerateResult Result)> RowsAsync(GeneratePlan plan, GenerateOptions options)
    {
        (string text, GenerateResult result) = await RunAsync(plan, options);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("", lines[^1]);
        return ([.. lines[1..^1].Select(line => line.Split(','))], result);
    }

    /// <summary>The rows of a plan given as the YAML of its columns and what follows them.</summary>
    public static async Task<string[]> LinesAsync(string yaml, int rows, ulong seed = 1)
    {
        GeneratePlan plan = GeneratePlan.Parse("generate: test\nstart: 2024-01-01\n" + yaml, "test.yaml");
        (string text, _) = await RunAsync(plan, new GenerateOptions { Rows = rows, Seed = seed });
        return text.Split('\n')[1..^1];
    }

    private static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Assay.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The repository's root was not found.");
        }

        return folder;
    }
}
