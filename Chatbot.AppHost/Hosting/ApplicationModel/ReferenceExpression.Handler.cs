using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

public sealed partial class ReferenceExpression
{
    /// <summary>Takes an interpolated string apart, so that its values can be filled in later.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly List<Part> _parts = new(literalLength > 0 ? formattedCount * 2 + 1 : formattedCount);

        internal IReadOnlyList<Part> Parts => _parts;

        public void AppendLiteral(string value) => _parts.Add(new Part(value, null, null));

        public void AppendFormatted(string? value, string? format = null) =>
            _parts.Add(new Part(Encode(value ?? "", format), null, null));

        /// <summary>Nested expressions are laid open: encoding is by character, so it may be done part by part.</summary>
        public void AppendFormatted(ReferenceExpression value, string? format = null)
        {
            if (value.Conditional is not null || value.Parts.Any(part => part.Format is not null && format is not null))
            {
                _parts.Add(new Part("", value, format));
                return;
            }

            foreach (var part in value.Parts)
                _parts.Add(part.Value is null
                    ? part with { Literal = Encode(part.Literal, format) }
                    : part with { Format = part.Format ?? format });
        }

        public void AppendFormatted<T>(T value, string? format = null) where T : IValueProvider, IManifestExpressionProvider =>
            _parts.Add(new Part("", value, format));

        public void AppendFormatted<T>(IResourceBuilder<T> value, string? format = null)
            where T : IResource, IValueProvider, IManifestExpressionProvider =>
            _parts.Add(new Part("", value.Resource, format));
    }
}
