namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>Where long work stops for a moment to let something more urgent pass.</summary>
internal interface IYieldPoint
{
    /// <summary>Called every two milliseconds or so, between two steps.</summary>
    void Yield();
}
