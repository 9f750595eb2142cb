namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>Where long work stops for a moment to let something more urgent pass.</summary>
internal interface IYieldPoint
{
    /// <summary>Called about every millisecond, between two steps.</summary>
    void Yield();
}
