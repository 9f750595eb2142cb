using Chatbot.Core.TextAnalysis;
using Microsoft.Extensions.Logging;

namespace Chatbot.ServiceDefaults.Logging;

/// <summary>Keeps personal data and secrets out of every log, whoever wrote the line and wherever it goes. Safe for concurrent use.</summary>
internal sealed class RedactingLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new RedactingLogger(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    private sealed class RedactingLogger(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!inner.IsEnabled(logLevel)) return;
            var shown = exception is null ? null : RedactedException.Of(exception);
            var message = formatter(state, exception);
            var clean = PersonalData.Redact(message);
            if (ReferenceEquals(clean, message)) inner.Log(logLevel, eventId, state, shown, (it, _) => formatter(it, exception));
            else inner.Log(logLevel, eventId, Clean(state), shown, (_, _) => clean);
        }

        // Values stand beside the message in structured logs.
        private static IReadOnlyList<KeyValuePair<string, object?>> Clean<TState>(TState state) => state is IReadOnlyList<KeyValuePair<string, object?>> values
            ? [.. values.Select(pair => new KeyValuePair<string, object?>(pair.Key, pair.Value is string or Uri ? PersonalData.Redact(pair.Value.ToString()!) : pair.Value))]
            : [];
    }

    private sealed class RedactedException(string message, string text) : Exception(message)
    {
        public static Exception Of(Exception exception)
        {
            var text = exception.ToString();
            var clean = PersonalData.Redact(text);
            return ReferenceEquals(clean, text) ? exception : new RedactedException(PersonalData.Redact(exception.Message), clean);
        }

        public override string ToString() => text;
    }
}
