using System.Data.Common;
using System.Globalization;

namespace Chatbot.Backends.Data;

/// <summary>Single values of a row that are not null.</summary>
internal static class Columns
{
    /// <summary>Whether a type's values stand in one column.</summary>
    public static bool IsPlain(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsPrimitive || plain.IsEnum || plain == typeof(string) || plain == typeof(byte[]) || plain == typeof(decimal) || plain == typeof(object);
    }

    public static T Read<T>(DbDataReader reader, int column)
    {
        // Each comparison is settled when the code is compiled.
        if (typeof(T) == typeof(string))
            return (T)(object)reader.GetString(column);
        if (typeof(T) == typeof(int))
            return (T)(object)reader.GetInt32(column);
        if (typeof(T) == typeof(int?))
            return (T)(object)(int?)reader.GetInt32(column)!;
        if (typeof(T) == typeof(long))
            return (T)(object)reader.GetInt64(column);
        if (typeof(T) == typeof(long?))
            return (T)(object)(long?)reader.GetInt64(column)!;
        if (typeof(T) == typeof(bool))
            return (T)(object)reader.GetBoolean(column);
        if (typeof(T) == typeof(bool?))
            return (T)(object)(bool?)reader.GetBoolean(column)!;
        if (typeof(T) == typeof(double))
            return (T)(object)reader.GetDouble(column);
        if (typeof(T) == typeof(double?))
            return (T)(object)(double?)reader.GetDouble(column)!;

        return (T)Read(reader, column, typeof(T));
    }

    public static object Read(DbDataReader reader, int column, Type type)
    {
        var value = reader.GetValue(column);
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsInstanceOfType(value))
            return value;

        return plain.IsEnum
            ? value is string name ? Enum.Parse(plain, name, ignoreCase: true) : Enum.ToObject(plain, value)
            : Convert.ChangeType(value, plain, CultureInfo.InvariantCulture);
    }
}
