using System.Net.Sockets;
using System.Security.Authentication;

namespace Chatbot.Crawler.Fetching;

/// <summary>Says in words what went wrong on the network, and whether asking again may help.</summary>
internal static class FetchErrors
{
    public static FetchResult.Failed Describe(Exception error, string host)
    {
        if (Find<PrivateAddressException>(error) is { } refused)
            return new FetchResult.Failed(PageReasons.PrivateAddress, $"{refused.Message}, which this site does not allow", IsRetryable: false);
        if (Find<SocketException>(error) is { } socket)
            return Describe(socket, host);
        if (Find<TimeoutException>(error) is not null)
            return new FetchResult.Failed(PageReasons.TimedOut, $"{host} did not accept a connection in time", IsRetryable: true);
        if (Find<AuthenticationException>(error) is { } tls)
            return new FetchResult.Failed(PageReasons.Tls, $"no secure connection to {host}: {tls.Message}", IsRetryable: false);

        if (Find<InvalidDataException>(error) is not null)
            return new FetchResult.Failed(PageReasons.MalformedAnswer, "the body is not compressed as declared", IsRetryable: true);

        return (error as HttpRequestException ?? Find<HttpRequestException>(error))?.HttpRequestError is { } kind and not HttpRequestError.Unknown
            ? Describe(kind, error, host)
            : error is HttpIOException io
                ? Describe(io.HttpRequestError, error, host)
                : new FetchResult.Failed(PageReasons.ConnectionFailed, $"the connection to {host} broke: {Innermost(error).Message}", IsRetryable: true);
    }

    private static FetchResult.Failed Describe(SocketException error, string host) => error.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData =>
            new FetchResult.Failed(PageReasons.HostNotFound, $"the name {host} does not exist", IsRetryable: true),
        SocketError.TryAgain =>
            new FetchResult.Failed(PageReasons.HostNotFound, $"the name {host} could not be resolved at the moment", IsRetryable: true),
        SocketError.ConnectionRefused =>
            new FetchResult.Failed(PageReasons.ConnectionFailed, $"{host} refused the connection", IsRetryable: true),
        _ => new FetchResult.Failed(PageReasons.ConnectionFailed, $"{host} could not be reached: {error.Message}", IsRetryable: true),
    };

    private static FetchResult.Failed Describe(HttpRequestError kind, Exception error, string host) => kind switch
    {
        HttpRequestError.NameResolutionError => new FetchResult.Failed(PageReasons.HostNotFound, $"the name {host} does not exist", IsRetryable: true),
        HttpRequestError.SecureConnectionError => new FetchResult.Failed(PageReasons.Tls, $"no secure connection to {host}: {Innermost(error).Message}", IsRetryable: false),
        HttpRequestError.ResponseEnded => new FetchResult.Failed(PageReasons.Incomplete, "the answer ended too early", IsRetryable: true),
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError or HttpRequestError.ConfigurationLimitExceeded =>
            new FetchResult.Failed(PageReasons.MalformedAnswer, $"the answer is not HTTP: {Innermost(error).Message}", IsRetryable: true),
        _ => new FetchResult.Failed(PageReasons.ConnectionFailed, $"the connection to {host} broke: {Innermost(error).Message}", IsRetryable: true),
    };

    private static T? Find<T>(Exception? error)
        where T : Exception
    {
        for (; error is not null; error = error.InnerException)
            if (error is T found)
                return found;

        return null;
    }

    private static Exception Innermost(Exception error) => error.GetBaseException();
}
