using System.Globalization;
using System.Text;

namespace Assay.App.MockApi;

/// <summary>What was asked and answered: counts by status, and a line a request in a file when one is wanted.</summary>
/// <remarks>A line has the time in UTC, the method, the address, the status (0 when there was none) and the fault or
/// <c>-</c>, with single spaces between them. It is for one request at a time.</remarks>
internal sealed class RequestLog : IDisposable
{
    private readonly SortedDictionary<int, long> _statuses = [];
    private readonly StreamWriter? _file;

    /// <summary>Opens the log.</summary>
    /// <param name="path">Its file, which is written anew; null for counts alone.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public RequestLog(string? path) =>
        _file = path is null ? null : new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    /// <summary>How many requests had each status; 0 are those whose connection was reset.</summary>
    public IReadOnlyDictionary<int, long> Statuses
    {
        get
        {
            lock (_statuses)
            {
                return new SortedDictionary<int, long>(_statuses);
            }
        }
    }

    /// <summary>Notes a request.</summary>
    public void Add(DateTimeOffset time, string method, string address, int status, string fault)
    {
        lock (_statuses)
        {
            _statuses[status] = _statuses.GetValueOrDefault(status) + 1;
            _file?.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'} {method} {address} {status} {fault}"));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
