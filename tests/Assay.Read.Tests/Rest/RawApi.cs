using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Assay.Read.Tests.Rest;

/// <summary>A server that sends what a test gives it, byte for byte, and then closes or resets the connection: for answers that no proper server would send.</summary>
internal sealed class RawApi : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int, (string Answer, bool Resets)> _answer;
    private int _arrivals;

    public RawApi(Func<int, (string Answer, bool Resets)> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Base => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/api/");

    public int Arrivals => Volatile.Read(ref _arrivals);

    public static string Answer(string body, int? length = null) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length ?? Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }

            using (client)
            {
                byte[] request = new byte[1 << 14];
                if (await client.ReceiveAsync(request) == 0)
                {
                    continue;
                }

                (string answer, bool resets) = _answer(Interlocked.Increment(ref _arrivals));
                await client.SendAsync(Encoding.UTF8.GetBytes(answer));
                client.LingerState = new LingerOption(resets, 0);
            }
        }
    }
}
