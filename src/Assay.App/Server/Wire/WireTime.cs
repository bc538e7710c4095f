using System.Globalization;

namespace Assay.App.Server;

/// <summary>How answers tell the time: UTC, with the offset.</summary>
internal static class WireTime
{
    public static string Of(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+00:00'", CultureInfo.InvariantCulture);
}
