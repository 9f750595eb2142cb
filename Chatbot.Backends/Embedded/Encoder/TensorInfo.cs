namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>Where a tensor lies in its file.</summary>
/// <param name="Type">Element type as the format names it: U8, U32, F16 or F32.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Offset">First byte, counted from the start of the file.</param>
/// <param name="Length">Bytes.</param>
internal sealed record TensorInfo(string Name, string Type, IReadOnlyList<int> Shape, long Offset, long Length);
