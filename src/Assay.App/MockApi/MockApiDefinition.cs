using Assay.App.Generate;
using Assay.App.Pipelines;

namespace Assay.App.MockApi;

/// <summary>An API to be made up: what a <c>mock-api.yaml</c> says, checked whole.</summary>
internal sealed record MockApiDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What stands before the resources in addresses: empty, or with a slash in front and none behind.</summary>
    public required string BasePath { get; init; }

    /// <summary>The resources by name.</summary>
    public required IReadOnlyDictionary<string, MockResource> Resources { get; init; }

    /// <summary>How records are made, or null when they are in a file.</summary>
    public GeneratePlan? Plan { get; init; }

    /// <summary>The JSON file whose arrays hold the records, or null when they are made.</summary>
    public string? DataFile { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The API.</returns>
    /// <exception cref="DefinitionException">The file, or the one that says how records are made, cannot be read or is
    /// wrong; all that is wrong is listed with its place.</exception>
    public static MockApiDefinition Load(string path)
    {
        string text;
        try
        {
            text = new FileInfo(path).Length > YamlReader.MostCharacters * 4L
                ? throw new IOException("it is larger than 4 MiB")
                : File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DefinitionException([new DefinitionError(path, 0, 0, $"the file cannot be read: {exception.Message}")]);
        }

        return MockApiReader.Read(text, path);
    }

    /// <summary>The API of a JSON file of which nothing is said: each array of its top level is a bare list.</summary>
    /// <param name="path">The file.</param>
    public static MockApiDefinition OfData(string path) => new()
    {
        Name = Path.GetFileNameWithoutExtension(path),
        BasePath = "",
        Resources = new Dictionary<string, MockResource>(),
        DataFile = path,
    };
}
