namespace Assay.Data;

/// <summary>A parsed expression: a node of the tree that <see cref="ExpressionParser"/> gives.</summary>
/// <remarks>Two trees are equal when they mean the same text; where they stand in it (<see cref="Position"/>)
/// does not count.</remarks>
/// <param name="Position">Where the node begins in its text, in characters from 0, for error messages.</param>
public abstract record Expression(int Position)
{
    /// <summary>The nodes right below this one, in the order of the text.</summary>
    public abstract IEnumerable<Expression> Children { get; }

    /// <summary>This node and all nodes below it, each before its children.</summary>
    /// <returns>The nodes, in the order of the text.</returns>
    public IEnumerable<Expression> DescendantsAndSelf()
    {
        var left = new Stack<Expression>();
        left.Push(this);
        while (left.TryPop(out Expression? node))
        {
            yield return node;
            foreach (Expression child in node.Children.Reverse())
            {
                left.Push(child);
            }
        }
    }

    /// <summary>Replaces nodes, from the top down.</summary>
    /// <param name="replace">Gives what stands in for a node, or null to keep it and look at its children. What
    /// it gives is not looked at again.</param>
    /// <returns>The new tree; this one is not changed.</returns>
    public Expression Rewrite(Func<Expression, Expression?> replace) =>
        replace(this) ?? MapChildren(child => child.Rewrite(replace));

    /// <summary>Whether another tree is equal, wherever it stands in its text.</summary>
    /// <param name="other">The other tree.</param>
    /// <returns>True when they are equal.</returns>
    public virtual bool Equals(Expression? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>The expression as text, in one canonical way of writing.</summary>
    /// <returns>Text that <see cref="ExpressionParser"/> reads back as an equal tree.</returns>
    public sealed override string ToString() => ExpressionWriter.Write(this);

    /// <summary>This node over other children.</summary>
    /// <param name="map">Gives the new child for each child.</param>
    /// <returns>The new node.</returns>
    internal abstract Expression MapChildren(Func<Expression, Expression> map);
}
