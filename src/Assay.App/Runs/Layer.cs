namespace Assay.App.Runs;

/// <summary>A layer of a pipeline's data, in the order they are made.</summary>
internal enum Layer
{
    /// <summary>The bytes as they came.</summary>
    Bronze,

    /// <summary>The clean rows.</summary>
    Silver,

    /// <summary>The results.</summary>
    Gold,
}
