namespace Assay.App.Pipelines;

/// <summary>A node of a YAML file that knows where it stands.</summary>
/// <param name="Start">Where it begins.</param>
internal abstract record YamlNode(Place Start)
{
    /// <summary>What people call such a node.</summary>
    public abstract string Kind { get; }

    /// <summary>How many nodes it is when all aliases are written out.</summary>
    public virtual long Size => 1;
}
