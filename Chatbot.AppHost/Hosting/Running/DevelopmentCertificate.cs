using System.Security.Cryptography.X509Certificates;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

/// <summary>The certificate of <c>dotnet dev-certs https</c>: without it no local process can serve https.</summary>
internal static class DevelopmentCertificate
{
    // The extension by which ASP.NET Core marks and finds its development certificate.
    private const string Mark = "1.3.6.1.4.1.311.84.1.1";

    /// <summary>Takes https away from projects that have http as well, when there is no certificate, and says so.</summary>
    public static void RequireForHttps(IEnumerable<IResource> resources, RunOutput output)
    {
        var endpoints = resources.OfType<ProjectResource>()
            .Where(project => project.Annotations.OfType<EndpointAnnotation>().Any(e => e.UriScheme == "http"))
            .SelectMany(project => project.Annotations.OfType<EndpointAnnotation>()
                .Where(e => e.UriScheme == "https").Select(endpoint => (project, endpoint)))
            .ToList();
        if (endpoints.Count == 0 || Exists())
            return;

        foreach (var (project, endpoint) in endpoints)
            project.Annotations.Remove(endpoint);
        output.Line("There is no development certificate (dotnet dev-certs https), so everything is served over http only.");
    }

    private static bool Exists()
    {
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser);
        store.Open(OpenFlags.ReadOnly);
        var now = TimeProvider.System.GetLocalNow().DateTime;
        return store.Certificates.Any(certificate =>
            certificate.HasPrivateKey && certificate.NotAfter > now && certificate.Extensions.Any(e => e.Oid?.Value == Mark));
    }
}
