using System.Collections;
using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Chatbot.Backends.Data;

/// <summary>Makes parameters of the properties of an object. Safe for concurrent use.</summary>
internal static class SqlArguments
{
    private static readonly ConcurrentDictionary<Type, Argument[]> s_known = new();

    /// <summary>Adds the parameters, or, when the command was bound before to an object of the same type, gives them their new values.</summary>
    /// <param name="isOneOfMany">The statement is run for each element of a list.</param>
    public static void Bind(DbCommand command, object? arguments, bool isOneOfMany = false)
    {
        if (arguments is null)
            return;

        var isBound = command.Parameters.Count > 0;
        var next = 0;
        foreach (var argument in s_known.GetOrAdd(arguments.GetType(), ArgumentsOf))
        {
            var value = argument.Get(arguments);
            if (argument.IsList)
                Expand(command, argument.Parameter, (IEnumerable?)value ?? Array.Empty<object>(), isOneOfMany);
            else if (isBound)
                command.Parameters[next++].Value = Stored(value);
            else
                Add(command, argument.Parameter, value);
        }
    }

    private static Argument[] ArgumentsOf(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanRead && p.GetIndexParameters().Length == 0).Select(Argument.Of)];

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

    /// <summary>
    /// A property and how it is read: by a delegate on its accessor, for which nothing needs to be compiled at run time.
    /// Code made for each statement, as Dapper makes it, took a sixth of the processor time of a second crawl and 8 MB.
    /// </summary>
    private abstract class Argument
    {
        public string Parameter { get; private set; } = "";

        public bool IsList { get; private set; }

        public static Argument Of(PropertyInfo property)
        {
            // A program compiled wholly ahead has no code for types put together at run time.
            var argument = RuntimeFeature.IsDynamicCodeSupported && property.DeclaringType is { IsValueType: false } type
                ? (Argument)Activator.CreateInstance(typeof(Argument<,>).MakeGenericType(type, property.PropertyType))!
                : new SlowArgument();
            argument.Parameter = "@" + property.Name;
            argument.IsList = property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && property.PropertyType != typeof(string) && property.PropertyType != typeof(byte[]);
            argument.Use(property);
            return argument;
        }

        public abstract object? Get(object target);

        protected abstract void Use(PropertyInfo property);
    }

    private sealed class Argument<TTarget, TValue> : Argument
        where TTarget : class
    {
        private Func<TTarget, TValue> _get = null!;

        public override object? Get(object target) => _get((TTarget)target);

        protected override void Use(PropertyInfo property) => _get = property.GetMethod!.CreateDelegate<Func<TTarget, TValue>>();
    }

    private sealed class SlowArgument : Argument
    {
        private PropertyInfo _property = null!;

        public override object? Get(object target) => _property.GetValue(target);

        protected override void Use(PropertyInfo property) => _property = property;
    }
}
