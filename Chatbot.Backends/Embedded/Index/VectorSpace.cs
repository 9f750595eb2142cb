using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Chatbot.Backends.Embedded.Index;

/// <summary>What vectors have to have in common to be compared.</summary>
/// <param name="Model">Name of the embedding model.</param>
/// <param name="Dimensions">Of its vectors.</param>
internal sealed record VectorSpace(string Model, int Dimensions)
{
    /// <summary>Stands for both in files.</summary>
    public ulong Number { get; } = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{Model}\n{Dimensions}")));
}
