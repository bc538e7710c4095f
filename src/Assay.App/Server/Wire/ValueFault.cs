using System.Globalization;

namespace Assay.App.Server;

/// <summary>What is wrong with a value of a request, in the words that clients of old know (those of pydantic 1).</summary>
/// <param name="In">Where it stood: <c>query</c> or <c>body</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Type">The same, for programs.</param>
/// <param name="Limit">The limit that it passes, if it does.</param>
internal sealed record ValueFault(string In, string Name, string Message, string Type, long? Limit = null)
{
    /// <summary>There is none.</summary>
    public static ValueFault Missing(string place, string name) => new(place, name, "field required", "value_error.missing");

    /// <summary>It is no whole number.</summary>
    public static ValueFault NotInteger(string place, string name) => new(place, name, "value is not a valid integer", "type_error.integer");

    /// <summary>It is neither yes nor no.</summary>
    public static ValueFault NotBoolean(string place, string name) =>
        new(place, name, "value could not be parsed to a boolean", "type_error.bool");

    /// <summary>It is too small.</summary>
    public static ValueFault TooSmall(string place, string name, long least) => new(
        place, name, string.Create(CultureInfo.InvariantCulture, $"ensure this value is greater than or equal to {least}"), "value_error.number.not_ge", least);

    /// <summary>It is too large.</summary>
    public static ValueFault TooLarge(string place, string name, long most) => new(
        place, name, string.Create(CultureInfo.InvariantCulture, $"ensure this value is less than or equal to {most}"), "value_error.number.not_le", most);
}
