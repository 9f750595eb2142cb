namespace Chatbot.Web.ApiAccess;

internal static class ApiAccessSetup
{
    /// <summary>A model may think for a while before the first word of an answer that is rendered on the server.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static void AddApiAccess(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ApiAddress>();
        builder.Services.AddHttpClient<ApiClient>(client => client.Timeout = Patience)
            .WithoutResilience()
            .ConfigurePrimaryHttpMessageHandler(CreateHandler);
        builder.Services.AddHttpClient(ApiForwarding.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .WithoutResilience()
            .ConfigurePrimaryHttpMessageHandler(CreateHandler);
    }

    // Visitors share the connections: cookies must come from the visitor's request alone.
    private static SocketsHttpHandler CreateHandler() => new() { UseCookies = false, AllowAutoRedirect = false };
}
