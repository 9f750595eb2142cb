using Chatbot.Backends.Embedded.Encoder.Kernels;

namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>Weights of one of the twelve layers; query, key and value stand in one matrix.</summary>
internal sealed record EncoderLayer(
    WeightMatrix Projections,
    WeightMatrix AttentionOutput,
    NormWeights AttentionNorm,
    WeightMatrix Intermediate,
    WeightMatrix Output,
    NormWeights OutputNorm);

/// <summary>Scale and shift of a LayerNorm.</summary>
internal sealed record NormWeights(float[] Weight, float[] Bias);
