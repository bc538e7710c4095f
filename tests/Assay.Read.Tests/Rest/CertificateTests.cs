using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Assay.Read.Tests.Rest;

public class CertificateTests
{
    [Fact]
    public async Task Certificate_WhenNobodyVouchesForIt_ThenNothingIsSent()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        await using StubApi api = await StubApi.StartAsync(context => StubApi.Json(context, StubApi.Page(1, 1, 1)), certificate);

        ReadException error = await RestCase.FailAsync(RestCase.Users(api));

        Assert.Equal("https", api.Base.Scheme);
        Assert.StartsWith("users: stub:users?page=1 has no TLS connection that can be trusted: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("Certificates are always checked: have the host's issuer added to those that this system trusts", error.Message, StringComparison.Ordinal);
        Assert.Empty(api.Log);
    }
}
