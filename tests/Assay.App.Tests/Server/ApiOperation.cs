using System.Text.Json;

namespace Assay.App.Tests.Server;

/// <summary>A value that an operation takes, as the API describes it.</summary>
internal sealed record ApiValue(string Name, bool IsInPath, string Type, long? Least, long? Most);

/// <summary>What the API can be asked for, as its description says.</summary>
internal sealed record ApiOperation(string Method, string Path, IReadOnlyList<ApiValue> Values, bool TakesForm)
{
    /// <summary>All that is described.</summary>
    public static IReadOnlyList<ApiOperation> Read(JsonElement description) =>
    [
        .. from path in description.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select new ApiOperation(operation.Name.ToUpperInvariant(), path.Name, ValuesOf(operation.Value), operation.Value.TryGetProperty("requestBody", out _)),
    ];

    private static IReadOnlyList<ApiValue> ValuesOf(JsonElement operation) => operation.TryGetProperty("parameters", out JsonElement parameters)
        ? [.. parameters.EnumerateArray().Select(Value)]
        : [];

    private static ApiValue Value(JsonElement parameter)
    {
        JsonElement schema = parameter.GetProperty("schema");
        return new ApiValue(
            parameter.GetProperty("name").GetString()!,
            parameter.GetProperty("in").GetString() == "path",
            schema.GetProperty("type").GetString()!,
            Limit(schema, "minimum"),
            Limit(schema, "maximum"));
    }

    private static long? Limit(JsonElement schema, string name) => schema.TryGetProperty(name, out JsonElement limit) ? limit.GetInt64() : null;
}
