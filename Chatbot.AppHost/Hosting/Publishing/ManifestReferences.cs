using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>Turns values into manifest expressions, and remembers what entries the expressions need.</summary>
internal sealed class ManifestReferences
{
    private readonly Dictionary<string, ReferenceExpression.Choice> _conditionals = [];

    /// <summary>Every parameter referred to, in the order of its first mention.</summary>
    public List<ParameterResource> Parameters { get; } = [];

    /// <summary>The parameters of which a URI-encoded copy is needed.</summary>
    public List<ParameterResource> Encoded { get; } = [];

    public IEnumerable<ReferenceExpression.Choice> Conditionals => _conditionals.Values;

    /// <summary>The text of a value in the manifest.</summary>
    public string ExpressionOf(object value)
    {
        Visit(value, encoded: false);
        return value switch
        {
            string text => text,
            IManifestExpressionProvider provider => provider.ValueExpression,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
    }

    private void Visit(object value, bool encoded)
    {
        switch (value)
        {
            case ParameterResource parameter:
                AddOnce(Parameters, parameter);
                if (encoded)
                    AddOnce(Encoded, parameter);
                break;
            case ReferenceExpression { Conditional: { } choice }:
                _conditionals.TryAdd(choice.Name, choice);
                Visit(choice.WhenTrue, encoded);
                Visit(choice.WhenFalse, encoded);
                break;
            case ReferenceExpression expression:
                foreach (var part in expression.Parts.Where(p => p.Value is not null))
                    Visit(part.Value!, encoded || part.Format is not null);
                break;
        }
    }

    private static void AddOnce(List<ParameterResource> list, ParameterResource parameter)
    {
        if (!list.Contains(parameter))
            list.Add(parameter);
    }
}
