using System.Diagnostics.CodeAnalysis;

namespace Chatbot.Backends.Data;

internal static class RowType
{
    /// <summary>What is reached by reflection of types that rows are read as: a program that is trimmed keeps it.</summary>
    public const DynamicallyAccessedMemberTypes Members = DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;
}
