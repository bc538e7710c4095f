using Assay.Sql;

namespace Assay.Store;

/// <summary>A column as Assay's books have it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">Its place, from 0.</param>
/// <param name="Type">The type it was made for, as pipelines write it.</param>
/// <param name="IsRequired">Whether the database refuses nulls there.</param>
/// <param name="KeyPlace">Its place in the key, from 1; 0 for none.</param>
/// <param name="RefersTo">The table that it refers to, if any.</param>
internal sealed record BookedColumn(string Name, int Place, string Type, bool IsRequired, int KeyPlace, string? RefersTo)
{
    /// <summary>A table's column.</summary>
    public static BookedColumn Of(SqlTable table, int place)
    {
        SqlColumn column = table.Columns[place];
        int keyPlace = table.Key.ToList().IndexOf(column.Name) + 1;
        return new BookedColumn(
            column.Name, place, column.Type.ToString(), column.IsRequired || keyPlace > 0, keyPlace,
            table.References.FirstOrDefault(reference => reference.Column == column.Name)?.Table);
    }
}
