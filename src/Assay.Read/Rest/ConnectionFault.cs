using System.Net.Sockets;
using System.Security.Authentication;

namespace Assay.Read.Rest;

/// <summary>Says why a host did not answer, in words that name neither ports nor secrets.</summary>
internal static class ConnectionFault
{
    /// <summary>Takes what the system said.</summary>
    /// <param name="error">What it said.</param>
    /// <returns>The failure: another try may do better, unless the host's certificate is at fault.</returns>
    public static RestFailure Of(HttpRequestException error)
    {
        if (error.HttpRequestError == HttpRequestError.SecureConnectionError && error.InnerException is AuthenticationException tls)
        {
            return new RestFailure(
                RestFailure.Connection,
                $"has no TLS connection that can be trusted: {tls.Message.TrimEnd('.')}. Certificates are always checked: have the host's issuer added to those that this system trusts",
                error);
        }

        string why = error.InnerException is SocketException socket ? socket.SocketErrorCode.ToString() : error.HttpRequestError.ToString();
        string what = error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError
            ? $"cannot be reached ({why}): check `base_url` and the network"
            : $"was not answered: the connection broke ({why})";
        return new RestFailure(RestFailure.Connection, what, error) { IsTransient = true, IsOfHost = true };
    }
}
