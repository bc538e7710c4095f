namespace Assay.Read.Rest;

/// <summary>The parent of a dependent resource, as <c>posts/{resources.posts.id}/comments</c> names it.</summary>
/// <param name="Resource">The parent's name, here <c>posts</c>.</param>
/// <param name="Field">The dotted path of the field, here <c>id</c>.</param>
public sealed record RestParent(string Resource, string Field)
{
    /// <summary>What stands for the value in the path.</summary>
    public string Placeholder => $"{{resources.{Resource}.{Field}}}";
}
