namespace Assay.App.Generate;

/// <summary>Where in the file a value is described.</summary>
/// <param name="Stream">The name of its streams: the column's, with the way down to the part.</param>
/// <param name="EntitySlot">The slot that stands for the row number in its draws, or -1.</param>
internal readonly record struct ValueScope(string Stream, int EntitySlot)
{
    /// <summary>The scope of a part.</summary>
    public ValueScope Part(string name) => this with { Stream = $"{Stream}/{name}" };
}
