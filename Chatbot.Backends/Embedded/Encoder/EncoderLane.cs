namespace Chatbot.Backends.Embedded.Encoder;

/// <summary>Who waits for a vector.</summary>
internal enum EncoderLane
{
    /// <summary>A visitor who has asked and sees nothing yet: before all else.</summary>
    Question,

    /// <summary>A visitor whose question has its vector, or an editor: after questions.</summary>
    Soon,

    /// <summary>Nobody in particular: new documents.</summary>
    Bulk,
}
