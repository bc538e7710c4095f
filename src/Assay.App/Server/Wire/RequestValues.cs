using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Assay.App.Server;

/// <summary>Reads the values of a request's query, and collects what is wrong with them.</summary>
/// <param name="query">The query.</param>
internal sealed class RequestValues(IQueryCollection query)
{
    private const string Query = "query";
    private readonly List<ValueFault> _faults = [];

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<ValueFault> Faults => _faults;

    /// <summary>Adds what is wrong with a value that was read elsewhere.</summary>
    public void Add(ValueFault fault) => _faults.Add(fault);

    /// <summary>A text; the last one counts when it is given several times.</summary>
    public string? Text(string name) => query[name] is { Count: > 0 } values ? values[^1] : null;

    /// <summary>A whole number.</summary>
    /// <returns>The number; null when there is none, or it is wrong.</returns>
    public long? Number(string name, long least, long most) => Text(name) is { } text ? Number(Query, name, text, least, most) : null;

    /// <summary>A whole number of a form.</summary>
    /// <returns>The number; null when it is wrong.</returns>
    public long? Number(string place, string name, string text, long least, long most)
    {
        if (!Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 number))
        {
            _faults.Add(ValueFault.NotInteger(place, name));
            return null;
        }

        if (number < least)
        {
            _faults.Add(ValueFault.TooSmall(place, name, least));
            return null;
        }

        if (number > most)
        {
            _faults.Add(ValueFault.TooLarge(place, name, most));
            return null;
        }

        return (long)number;
    }

    /// <summary>Yes or no.</summary>
    public bool? Flag(string name) => Text(name) is { } text ? Flag(Query, name, text) : null;

    /// <summary>Yes or no, of a form.</summary>
    public bool? Flag(string place, string name, string text)
    {
        switch (text.ToLowerInvariant())
        {
            case "true" or "1" or "yes" or "on":
                return true;
            case "false" or "0" or "no" or "off":
                return false;
            default:
                _faults.Add(ValueFault.NotBoolean(place, name));
                return null;
        }
    }
}
