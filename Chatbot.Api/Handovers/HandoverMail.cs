using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text;
using Chatbot.Core.Handovers;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Handovers;

/// <summary>Tells by mail. Safe for concurrent use.</summary>
internal sealed class HandoverMail(IOptions<SmtpOptions> smtp, IOptions<HandoverOptions> options)
{
    /// <summary>A mail server is configured.</summary>
    public bool IsPossible => smtp.Value.Host is not null && smtp.Value.From is not null;

    /// <exception cref="HandoverFailedException">The server did not take it.</exception>
    public async Task SendAsync(HandoverTarget target, HandoverEvent content, string title, CancellationToken cancellationToken)
    {
        if (!IsPossible) throw new HandoverFailedException("no mail server is configured (Smtp:Host, Smtp:From)");
        using var message = new MailMessage(smtp.Value.From!, target.Email!)
        {
            Subject = OneLine($"{title}: {content.Name ?? content.Reach}"),
            SubjectEncoding = Encoding.UTF8,
            Body = Text(content),
            BodyEncoding = Encoding.UTF8,
        };
        // The same at each attempt: mail programs show one.
        message.Headers.Add("Message-ID", $"<{content.Id}@chatbot>");
        if (MailAddress.TryCreate(content.Reach, out var reply)) message.ReplyToList.Add(reply);
        using var client = new SmtpClient(smtp.Value.Host!, smtp.Value.Port) { EnableSsl = smtp.Value.Tls };
        if (smtp.Value.User is { } user) client.Credentials = new NetworkCredential(user, smtp.Value.Password);
        try
        {
            await client.SendMailAsync(message, cancellationToken).WaitAsync(options.Value.Timeout, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HandoverFailedException(error is TimeoutException ? "the mail server did not answer in time" : $"the mail server did not take it: {error.Message}", error);
        }
    }

    private static string Text(HandoverEvent content)
    {
        var text = new StringBuilder();
        if (content.Name is { } name) text.Append(name).Append('\n');
        text.Append(content.Reach).Append('\n');
        if (content.Note is { } note) text.Append('\n').Append(note).Append('\n');
        foreach (var message in content.Messages)
            text.Append(CultureInfo.InvariantCulture, $"\n{(message.Role == "user" ? ">" : "<")} {message.CreatedAt:yyyy-MM-dd HH:mm} UTC\n{message.Text}\n");
        return text.ToString();
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
