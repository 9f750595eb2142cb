using System.IO.Compression;
using System.Text;
using Chatbot.Crawler;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Chatbot.Tests.Crawler.Hostile;

/// <content>Answers that are not what they say: too slow, too long, too short, packed to burst, in other characters.</content>
internal sealed partial class HostileSite
{
    /// <summary>Bytes of a page at most; what the test sets.</summary>
    public const int MaxPageBytes = 300_000;

    private void AddBodies()
    {
        Add("/b/slow", "new", null, context => DripAsync(context, 20, TimeSpan.FromMilliseconds(10)));
        Texts["/b/slow"] = "drop 19";

        var page = Framed("Lengths", $"<p>{Sentence("lengths")}</p>");
        Add("/b/promises-more", "failed", PageReasons.Incomplete, context => RawAsync(context, $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {page.Length + 500}\r\n\r\n{page}"));
        // As browsers do it: what goes beyond is not read.
        Add("/b/promises-less", "new", null, context => RawAsync(context, $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {page.Length}\r\n\r\n{page}<p>and more</p>"));
        Add("/b/half-a-chunk", "failed", PageReasons.Incomplete, context => RawAsync(context, $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nFFF\r\n{page}"));
        Add("/b/hangs-up", "failed", PageReasons.Incomplete, context => RawAsync(context, ""));
        Add("/b/babble", "failed", PageReasons.MalformedAnswer, context => RawAsync(context, "Good morning, how are you?\r\n\r\n"));
        Add("/b/headers", "failed", PageReasons.MalformedAnswer, context => RawAsync(context, $"HTTP/1.1 200 OK\r\nX-Long: {new string('x', 200_000)}\r\nContent-Length: 0\r\n\r\n"));

        AddPacked("/b/gzip", "gzip", "failed", null, s => new GZipStream(s, CompressionLevel.Fastest));
        Add("/b/not-packed", "failed", PageReasons.MalformedAnswer, context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return HtmlAsync(context, page);
        });
        AddPacked("/b/gzip-bomb", "gzip", "skipped", PageReasons.TooLarge, s => new GZipStream(s, CompressionLevel.Fastest));
        AddPacked("/b/brotli-bomb", "br", "skipped", PageReasons.TooLarge, s => new BrotliStream(s, CompressionLevel.Fastest));
        Add("/b/huge", "skipped", PageReasons.TooLarge, async context =>
        {
            for (var i = 0; i < 1_000 && !context.RequestAborted.IsCancellationRequested; i++)
                await context.Response.Body.WriteAsync(new byte[100_000], context.RequestAborted);
        });

        var noise = new byte[3_000];
        new Random(3).NextBytes(noise);
        Add("/b/noise", "skipped", PageReasons.Binary, context => BytesAsync(context, "text/html", noise));
        Add("/b/picture", "skipped", PageReasons.ContentType, context => BytesAsync(context, "image/png", noise));
        Link("/b/photo.jpg", "skipped", PageReasons.FileType);
        var untyped = Framed("Untyped", $"<p>{Sentence("a page of no type")}</p>");
        Add("/b/untyped", "new", null, context => BytesAsync(context, null, Encoding.UTF8.GetBytes(untyped)));
        Add("/b/notes.txt", "new", null, context => BytesAsync(context, "text/plain", "Notes of the clerk, without any markup."u8.ToArray()));
        Add("/b/paper.pdf", "new", null, context => BytesAsync(context, "application/octet-stream", "%PDF-1.4 made up"u8.ToArray()));
    }

    private void AddPacked(string address, string encoding, string state, string? reason, Func<Stream, Stream> pack)
    {
        using var packed = new MemoryStream();
        using (var stream = pack(packed))
        {
            if (reason is null)
                stream.Write(Encoding.UTF8.GetBytes(Framed("Packed", $"<p>{Sentence("a packed page")}</p>")));
            else
                for (var i = 0; i < 100; i++)
                    stream.Write(new byte[1_000_000]);
        }

        var bytes = packed.ToArray();
        Add(address, reason is null ? "new" : state, reason, context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            return BytesAsync(context, "text/html", bytes);
        });
    }

    private void AddCharsets()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        AddEncoded("/c/mark", "utf-8", "text/html; charset=iso-8859-1", "Käse mit Zeichen", mark: true);
        AddEncoded("/c/wide", "utf-16", "text/html", "Breite Brötchen", mark: true);
        AddEncoded("/c/meta", "windows-1252", "text/html", "Straße „Zur Mühle“");
        AddEncoded("/c/header", "shift_jis", "text/html; charset=Shift_JIS", "町の図書館", declares: false);
        AddEncoded("/c/chinese", "gb18030", "text/html", "图书馆的开放时间");
        AddEncoded("/c/russian", "koi8-r", "text/html; charset=\"koi8-r\"", "Часы работы музея", declares: false);
        // Declared as what it is not.
        AddEncoded("/c/liar", "windows-1252", "text/html; charset=utf-8", "Bücher für Größere", declares: false);
    }

    private void AddEncoded(string address, string charset, string type, string text, bool mark = false, bool declares = true)
    {
        var encoding = Encoding.GetEncoding(charset);
        var html = $"<!doctype html><html><head>{(declares && !mark ? $"<meta charset={charset}>" : "")}<title>{text}</title></head><body><main><h1>{text}</h1><p>{text}: {address}.</p></main></body></html>";
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(html)];
        Add(address, "new", null, context => BytesAsync(context, type, bytes));
        Texts[address] = text;
    }

    /// <summary>A page that comes drop by drop.</summary>
    public static async Task DripAsync(HttpContext context, int drops, TimeSpan pause)
    {
        context.Response.ContentType = "text/html";
        for (var drop = 0; drop < drops && !context.RequestAborted.IsCancellationRequested; drop++)
        {
            await context.Response.WriteAsync($"<p>This is drop {drop}.</p>", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(pause, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends these bytes for an answer, and hangs up.</summary>
    private static async Task RawAsync(HttpContext context, string answer)
    {
        var output = context.Features.Get<IConnectionTransportFeature>()!.Transport.Output;
        await output.WriteAsync(Encoding.Latin1.GetBytes(answer), CancellationToken.None);
        // What was written goes out before the connection ends; only then this request may.
        await output.CompleteAsync();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
