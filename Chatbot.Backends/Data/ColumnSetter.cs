using System.Data.Common;
using System.Reflection;

namespace Chatbot.Backends.Data;

/// <summary>Sets one property of a row from a column.</summary>
internal abstract class ColumnSetter<T>
{
    public abstract void Set(T row, DbDataReader reader, int column);

    public static ColumnSetter<T> Of(PropertyInfo property)
    {
        // By name and not by reflection: so their code is compiled with the program, not at the first query.
        var type = property.PropertyType;
        return type == typeof(string) ? new Typed<string>(property)
            : type == typeof(int) ? new Typed<int>(property)
            : type == typeof(long) ? new Typed<long>(property)
            : type == typeof(bool) ? new Typed<bool>(property)
            : type == typeof(double) ? new Typed<double>(property)
            : type == typeof(int?) ? new Typed<int?>(property)
            : type == typeof(long?) ? new Typed<long?>(property)
            : type == typeof(bool?) ? new Typed<bool?>(property)
            : type == typeof(double?) ? new Typed<double?>(property)
            : type == typeof(byte[]) ? new Typed<byte[]>(property)
            : new Other(property);
    }

    private sealed class Typed<TValue>(PropertyInfo property) : ColumnSetter<T>
    {
        private readonly Action<T, TValue> _set = property.SetMethod!.CreateDelegate<Action<T, TValue>>();

        public override void Set(T row, DbDataReader reader, int column) => _set(row, Columns.Read<TValue>(reader, column));
    }

    private sealed class Other(PropertyInfo property) : ColumnSetter<T>
    {
        public override void Set(T row, DbDataReader reader, int column) => property.SetValue(row, Columns.Read(reader, column, property.PropertyType));
    }
}
