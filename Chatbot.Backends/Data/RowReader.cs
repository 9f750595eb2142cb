using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Chatbot.Backends.Data;

/// <summary>
/// Reads rows as values of a type: single columns as what they are, tuples by the order of the columns, objects by the names
/// of their properties. Whatever it needs is compiled ahead with the program.
/// </summary>
internal abstract class RowReader<[DynamicallyAccessedMembers(RowType.Members)] T>
{
    // Null: a type whose rows are of one column.
    private static readonly RowReader<T>? s_plain = Columns.IsPlain(typeof(T)) ? new OneColumn() : typeof(T).IsAssignableTo(typeof(ITuple)) ? new InOrder() : null;

    private RowReader()
    {
    }

    /// <summary>For the columns that a reader has.</summary>
    public static RowReader<T> For(DbDataReader reader) => s_plain ?? new ByName(reader);

    public abstract T Read(DbDataReader reader);

    private sealed class OneColumn : RowReader<T>
    {
        public override T Read(DbDataReader reader) => reader.IsDBNull(0) ? default! : Columns.Read<T>(reader, 0);
    }

    private sealed class InOrder : RowReader<T>
    {
        private static readonly Type[] s_types = typeof(T).GetGenericArguments();

        public override T Read(DbDataReader reader)
        {
            var values = new object?[s_types.Length];
            for (var i = 0; i < values.Length; i++)
                values[i] = reader.IsDBNull(i) ? null : Columns.Read(reader, i, s_types[i]);

            return (T)Activator.CreateInstance(typeof(T), values)!;
        }
    }

    private sealed class ByName : RowReader<T>
    {
        private static readonly Dictionary<string, ColumnSetter<T>> s_properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite && Columns.IsPlain(p.PropertyType)).ToDictionary(p => p.Name, ColumnSetter<T>.Of, StringComparer.OrdinalIgnoreCase);

        // By the names that statements give their columns.
        private static readonly ConcurrentDictionary<string, ColumnSetter<T>?> s_columns = new(StringComparer.Ordinal);

        private readonly ColumnSetter<T>?[] _setters;

        public ByName(DbDataReader reader)
        {
            _setters = new ColumnSetter<T>?[reader.FieldCount];
            for (var i = 0; i < _setters.Length; i++)
                _setters[i] = s_columns.GetOrAdd(reader.GetName(i), Find);
        }

        public override T Read(DbDataReader reader)
        {
            var row = Activator.CreateInstance<T>();
            for (var i = 0; i < _setters.Length; i++)
                if (_setters[i] is { } setter && !reader.IsDBNull(i))
                    setter.Set(row, reader, i);

            return row;
        }

        private static ColumnSetter<T>? Find(string column) => s_properties.GetValueOrDefault(column.Replace("_", "", StringComparison.Ordinal));
    }
}
