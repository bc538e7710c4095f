
namespace Assay.App.Server;

/// <summary>What <c>pipelines/server.yaml</c> says: how the server presents itself and its pipelines.</summary>
internal sealed record ServerSettings
{
    private const string Folder = "pipelines";
    private const string FileName = "server.yaml";

    /// <summary>What the server calls itself.</summary>
    public string Title { get; init; } = "Assay";

    /// <summary>The pipeline that is meant when a request names none; null is the first there is.</summary>
    public string? DefaultPipeline { get; init; }

    /// <summary>By name, how pipelines are presented; one that is not named here has <see cref="PipelineSetting.Of"/>.</summary>
    public IReadOnlyDictionary<string, PipelineSetting> Pipelines { get; init; } = new Dictionary<string, PipelineSetting>();

    /// <summary>Reads the settings that lie beside the pipelines: the nearest file from a folder upwards.</summary>
    /// <param name="workingDirectory">The folder to look from.</param>
    /// <returns>The settings; those above when there is no file.</returns>
    /// <exception cref="DefinitionException">Something is wrong with it; the exception holds all that is.</exception>
    public static ServerSettings Load(string workingDirectory)
    {
        string? file = new[] { Path.GetFullPath(workingDirectory), AppContext.BaseDirectory }
            .SelectMany(Upwards)
            .Select(folder => Path.Combine(folder, Folder, FileName))
            .FirstOrDefault(File.Exists);
        if (file is null)
        {
            return new ServerSettings();
        }

        try
        {
            return ServerReading.Read(File.ReadAllText(file), $"{Folder}/{FileName}", Path.GetDirectoryName(file)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DefinitionException([new DefinitionError($"{Folder}/{FileName}", 0, 0, $"the file cannot be read: {exception.Message}")]);
        }
    }

    private static IEnumerable<string> Upwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }
}
