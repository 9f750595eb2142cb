using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Api.Handovers;

/// <summary>How others are told of visitors who want a person. Section <c>Handover</c>.</summary>
public sealed class HandoverOptions
{
    /// <summary>Webhooks may lead to loopback and private addresses: a ticket system within the house.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>A webhook or mail server that has not answered by then is tried again later.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:40")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>The server that sends mail. Section <c>Smtp</c>.</summary>
public sealed class SmtpOptions
{
    /// <summary>Null sends no mail.</summary>
    public string? Host { get; set; }

    /// <summary>587 is where servers take mail to send on (RFC 6409).</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>STARTTLS; false only for a server on this machine or network.</summary>
    public bool Tls { get; set; } = true;

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender's address.</summary>
    [EmailAddress]
    public string? From { get; set; }
}

[OptionsValidator]
internal sealed partial class HandoverOptionsValidator : IValidateOptions<HandoverOptions>;

[OptionsValidator]
internal sealed partial class SmtpOptionsValidator : IValidateOptions<SmtpOptions>;
