namespace Chatbot.Backends.Data;

/// <summary>How values stand in columns: times as Unix milliseconds, enums as their names in lower case.</summary>
public static class Stored
{
    public static long Time(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } value ? Time(value) : null;

    /// <summary>The time on the clock, in milliseconds as it is stored.</summary>
    public static long Now(this TimeProvider clock) => clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    public static T Enum<T>(string name)
        where T : struct, Enum => System.Enum.Parse<T>(name, ignoreCase: true);
}
