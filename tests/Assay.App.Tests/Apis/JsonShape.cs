using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.App.Tests.Apis;

/// <summary>Checks a document against a JSON Schema that uses the words known here and no others.</summary>
internal static class JsonShape
{
    private static readonly string[] Known =
        ["$schema", "title", "description", "type", "required", "properties", "additionalProperties", "items", "enum", "pattern", "minimum", "maximum", "minItems"];

    /// <summary>What is wrong with a document, each with its place in it; none when it is right.</summary>
    public static List<string> Faults(JsonElement schema, JsonElement value, string at = "$")
    {
        Assert.Equal([], schema.EnumerateObject().Select(word => word.Name).Except(Known));
        var faults = new List<string>();
        if (schema.TryGetProperty("type", out JsonElement type)
            && !(type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Any(one => Is(one.GetString()!, value)) : Is(type.GetString()!, value)))
        {
            faults.Add($"{at}: {value.ValueKind} is no {type}");
        }

        if (schema.TryGetProperty("enum", out JsonElement words) && !words.EnumerateArray().Any(word => word.ToString() == value.ToString()))
        {
            faults.Add($"{at}: {value} is none of {words}");
        }

        if (schema.TryGetProperty("pattern", out JsonElement pattern) && value.ValueKind == JsonValueKind.String && !Regex.IsMatch(value.GetString()!, pattern.GetString()!))
        {
            faults.Add($"{at}: {value} does not match {pattern}");
        }

        if (value.ValueKind == JsonValueKind.Number
            && ((schema.TryGetProperty("minimum", out JsonElement least) && value.GetDecimal() < least.GetDecimal())
                || (schema.TryGetProperty("maximum", out JsonElement most) && value.GetDecimal() > most.GetDecimal())))
        {
            faults.Add($"{at}: {value} is out of range");
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            if (schema.TryGetProperty("minItems", out JsonElement fewest) && value.GetArrayLength() < fewest.GetInt32())
            {
                faults.Add($"{at}: {value.GetArrayLength()} items are too few");
            }

            if (schema.TryGetProperty("items", out JsonElement items))
            {
                faults.AddRange(value.EnumerateArray().SelectMany((item, i) => Faults(items, item, $"{at}[{i}]")));
            }
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            Members(schema, value, at, faults);
        }

        return faults;
    }

    private static void Members(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        if (schema.TryGetProperty("required", out JsonElement required))
        {
            faults.AddRange(required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at}: {name} is missing"));
        }

        JsonElement properties = schema.TryGetProperty("properties", out JsonElement some) ? some : default;
        bool isClosed = schema.TryGetProperty("additionalProperties", out JsonElement additional) && additional.ValueKind == JsonValueKind.False;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member.Name, out JsonElement known))
            {
                faults.AddRange(Faults(known, member.Value, $"{at}.{member.Name}"));
            }
            else if (isClosed)
            {
                faults.Add($"{at}: {member.Name} is not expected");
            }
        }
    }

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new ArgumentException($"'{type}' is no type.", nameof(type)),
    };
}
