namespace Assay.App.Pipelines;

/// <summary>A list.</summary>
/// <param name="Start">Where it begins.</param>
internal sealed record YamlSequence(Place Start) : YamlNode(Start)
{
    private long _size = 1;

    /// <summary>Its items.</summary>
    public List<YamlNode> Items { get; } = [];

    /// <inheritdoc />
    public override string Kind => "a list";

    /// <inheritdoc />
    public override long Size => _size;

    /// <summary>Adds an item.</summary>
    /// <param name="item">The item.</param>
    public void Add(YamlNode item)
    {
        Items.Add(item);
        _size += item.Size;
    }
}
