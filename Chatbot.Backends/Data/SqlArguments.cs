using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Chatbot.Backends.Data;

/// <summary>
/// The arguments of a statement: the properties of an object, by their names. Whatever they need is compiled ahead with the
/// program, and nothing of types that no statement takes is kept in it.
/// </summary>
public abstract class SqlArguments
{
    private SqlArguments()
    {
    }

    /// <param name="values">As a rule of a type without a name: <c>With(new { id, now })</c>.</param>
    public static SqlArguments With<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(T values)
        where T : class => new Of<T>(values);

    [Obsolete("Of an object of any type no properties are known when the program is compiled: give it as what it is.", error: true)]
    public static SqlArguments With(object values) => throw new NotSupportedException();

    /// <summary>Adds the parameters, or, when the command was bound before to an object of the same type, gives them their new values.</summary>
    /// <param name="isOneOfMany">The statement is run for each element of a list.</param>
    internal abstract void Bind(DbCommand command, bool isOneOfMany = false);

    private static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = Stored(value);
        command.Parameters.Add(parameter);
    }

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        Enum name => Convert.ToInt64(name, CultureInfo.InvariantCulture),
        _ => value,
    };

    /// <summary>A list is as many parameters, where the statement names it.</summary>
    private static void Expand(DbCommand command, string name, IEnumerable list, bool isOneOfMany)
    {
        var sql = command.CommandText;
        var text = new StringBuilder(sql.Length + 64);
        var (copied, names) = (0, (string?)null);
        for (var at = sql.IndexOf(name, StringComparison.Ordinal); at >= 0; at = sql.IndexOf(name, at + name.Length, StringComparison.Ordinal))
        {
            var end = at + name.Length;
            if (end < sql.Length && (char.IsLetterOrDigit(sql[end]) || sql[end] == '_'))
                continue;
            if (isOneOfMany)
                throw new NotSupportedException($"{name}: a statement that is run for each element of a list has no lists in it.");

            names ??= AddAll(command, name, list);
            text.Append(sql, copied, at - copied).Append(names);
            copied = end;
        }

        if (names is null)
            return;

#pragma warning disable CA2100 // Names of parameters alone.
        command.CommandText = text.Append(sql, copied, sql.Length - copied).ToString();
#pragma warning restore CA2100
    }

    /// <returns>What stands in the place of the list; for an empty one a query without rows.</returns>
    private static string AddAll(DbCommand command, string name, IEnumerable list)
    {
        var names = new StringBuilder("(");
        var count = 0;
        foreach (var value in list)
        {
            var one = string.Create(CultureInfo.InvariantCulture, $"{name}_{count}");
            names.Append(count++ > 0 ? "," : "").Append(one);
            Add(command, one, value);
        }

        return count > 0 ? names.Append(')').ToString() : "(SELECT NULL WHERE 1 = 0)";
    }

    private sealed class Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(T values) : SqlArguments
        where T : class
    {
        private static readonly Argument<T>[] s_all = typeof(T).IsAssignableTo(typeof(IEnumerable))
            ? throw new NotSupportedException($"{typeof(T)} is a list: run the statement for each of its elements.")
            : [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanRead && p.GetIndexParameters().Length == 0).Select(Argument<T>.Of)];

        internal override void Bind(DbCommand command, bool isOneOfMany = false)
        {
            var isBound = command.Parameters.Count > 0;
            var next = 0;
            foreach (var argument in s_all)
            {
                var value = argument.Get(values);
                if (argument.IsList)
                    Expand(command, argument.Parameter, (IEnumerable?)value ?? Array.Empty<object>(), isOneOfMany);
                else if (isBound)
                    command.Parameters[next++].Value = Stored(value);
                else
                    Add(command, argument.Parameter, value);
            }
        }
    }

    /// <summary>
    /// A property and how it is read: by a delegate on its accessor, for which nothing needs to be compiled at run time.
    /// Code made for each statement, as Dapper makes it, took a sixth of the processor time of a second crawl and 8 MB.
    /// </summary>
    private abstract class Argument<T>(PropertyInfo property)
        where T : class
    {
        public string Parameter { get; } = "@" + property.Name;

        public bool IsList { get; } = property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && property.PropertyType != typeof(string) && property.PropertyType != typeof(byte[]);

        public static Argument<T> Of(PropertyInfo property)
        {
            // By name and not by reflection, as where columns are read.
            var type = property.PropertyType;
            return !type.IsValueType ? new Reference(property)
                : type == typeof(int) ? new Value<int>(property)
                : type == typeof(long) ? new Value<long>(property)
                : type == typeof(bool) ? new Value<bool>(property)
                : type == typeof(double) ? new Value<double>(property)
                : type == typeof(int?) ? new Value<int?>(property)
                : type == typeof(long?) ? new Value<long?>(property)
                : type == typeof(bool?) ? new Value<bool?>(property)
                : type == typeof(double?) ? new Value<double?>(property)
                : new Other(property);
        }

        public abstract object? Get(T target);

        private sealed class Reference(PropertyInfo property) : Argument<T>(property)
        {
            private readonly Func<T, object?> _get = property.GetMethod!.CreateDelegate<Func<T, object?>>();

            public override object? Get(T target) => _get(target);
        }

        private sealed class Value<TValue>(PropertyInfo property) : Argument<T>(property)
        {
            private readonly Func<T, TValue> _get = property.GetMethod!.CreateDelegate<Func<T, TValue>>();

            public override object? Get(T target) => _get(target);
        }

        private sealed class Other(PropertyInfo property) : Argument<T>(property)
        {
            private readonly PropertyInfo _property = property;

            public override object? Get(T target) => _property.GetValue(target);
        }
    }
}
