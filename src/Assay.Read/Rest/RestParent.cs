namespace Assay.Read.Rest;

/// <summary>The parent of a dependent resource, as <c>posts/{resources.posts.id}/comments</c> names it.</summary>
/// <param name="Resource">The parent's name, here <c>posts</c>.</param>
/// <param name="Field">The dotted path of the field, here <c>id</c>.</param>
public sealed record RestParent(string Resource, string Field)
{
    /// <summary>What stands for the value in the path.</summary>
    public string Placeholder => $"{{resources.{Resource}.{Field}}}";

    /// <summary>What a field of the parent's record is called in the records that are asked for under it: <c>_posts_id</c>, as dlt has it.</summary>
    /// <param name="field">The field's dotted path.</param>
    /// <returns>The name.</returns>
    public string NameOf(string field) => $"_{Resource}_{field.Replace('.', '_')}";
}
