namespace Assay.Measure;

/// <summary>
/// What one group has of an aggregate that a program registers with <see cref="AggregateCatalog"/>. Rows come in any
/// order and are shared out over threads in any way, so the result must depend on nothing but which values there were:
/// keep exact numbers (a sum of <c>double</c> depends on its order), or the values themselves.
/// </summary>
public interface ICustomAggregate
{
    /// <summary>Adds a value; nulls are left out.</summary>
    /// <param name="value">The value; its text is not valid after the call.</param>
    void Add(AggregateValue value);

    /// <summary>Adds what another thread has of the same group.</summary>
    /// <param name="other">One of the same factory; it is used up.</param>
    void Merge(ICustomAggregate other);

    /// <summary>The result of all values added.</summary>
    /// <returns>Null, or by the declared type: integer an <see cref="Int128"/>, decimal an <see cref="Int128"/> in units of
    /// 10^-scale, string a <see cref="string"/>, boolean a <see cref="bool"/>, date a <see cref="DateOnly"/>, timestamp a
    /// <see cref="DateTime"/>.</returns>
    object? Result();
}
