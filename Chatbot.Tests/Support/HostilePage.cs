namespace Chatbot.Tests.Support;

/// <summary>A page whose words would run as code if anybody took them for markup.</summary>
internal static class HostilePage
{
    /// <summary>The title that a page gets when code from its answer ran.</summary>
    public const string Mark = "taken over";

    public const string Html = """
        <!DOCTYPE html><html lang="en"><head><title>Zebra licence &lt;b&gt;fees&lt;/b&gt;</title></head><body><main>
        <h1>Zebra licence fees</h1>
        <p>The zebra licence costs forty euros a year. &lt;img src=x onerror="document.title='taken over'"&gt; It is paid at the zebra counter.</p>
        <p>&lt;script&gt;document.title='taken over'&lt;/script&gt; The zebra licence is valid for twelve months and belongs to one zebra only.</p>
        <p>Every keeper of a zebra needs the zebra licence; it hangs &lt;a href="javascript:alert(1)"&gt;in the stable&lt;/a&gt; where visitors see it.</p>
        </main></body></html>
        """;
}
