using Assay.App.Pipelines;

namespace Assay.App.Generate;

/// <summary>What a dataset declares, for those after it that refer to its rows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">Its place in the file.</param>
/// <param name="Prefix">What the names of its streams begin with.</param>
/// <param name="Declared">Its values and columns by name.</param>
internal sealed record DatasetDeclaration(string Name, int Index, string Prefix, IReadOnlyDictionary<string, YamlNode> Declared);
