namespace Assay.App.MockApi;

/// <summary>What is asked for of a list.</summary>
/// <param name="Offset">How many places come before it.</param>
/// <param name="Size">How many places it has when it is full.</param>
internal readonly record struct MockPage(long Offset, int Size)
{
    /// <summary>Its number, from 0.</summary>
    public long Index => Offset / Size;
}
