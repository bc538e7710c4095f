using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Assay.Store.Tests.Engines;

/// <summary>Stands between a client and a server, and can lose what the server says.</summary>
internal sealed class LossyProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly string _host;
    private readonly int _port;
    private int _links;
    private int _lost;

    /// <summary>Starts it.</summary>
    /// <param name="host">The server's host.</param>
    /// <param name="port">Its port.</param>
    public LossyProxy(string host, int port)
    {
        _host = host;
        _port = port;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Start(Accept);
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>From here on nothing that the server says reaches the clients that are connected now.</summary>
    public void LoseAnswers() => Volatile.Write(ref _lost, Volatile.Read(ref _links));

    public void Dispose()
    {
        _listener.Dispose();
        foreach (TcpClient client in _clients)
        {
            client.Dispose();
        }
    }

    private static void Start(Action work) => new Thread(() =>
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // One of the two has gone, or the test is over.
        }
    })
    {
        IsBackground = true,
    }.Start();

    private void Accept()
    {
        while (true)
        {
            TcpClient client = _listener.AcceptTcpClient();
            var server = new TcpClient(_host, _port);
            _clients.Add(client);
            _clients.Add(server);
            int link = Interlocked.Increment(ref _links);
            Start(() => Forward(client, server, () => false));
            Start(() => Forward(server, client, () => link <= Volatile.Read(ref _lost)));
        }
    }

    private static void Forward(TcpClient from, TcpClient to, Func<bool> isLost)
    {
        using (from)
        using (to)
        {
            byte[] bytes = new byte[16 * 1024];
            for (int read; (read = from.GetStream().Read(bytes)) > 0;)
            {
                if (!isLost())
                {
                    to.GetStream().Write(bytes, 0, read);
                }
            }
        }
    }
}
