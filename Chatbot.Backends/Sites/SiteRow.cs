using System.Text.Json;
using Chatbot.Backends.Data;
using Chatbot.Core;
using Chatbot.Core.Sites;

namespace Chatbot.Backends.Sites;

/// <summary>A row of the table <c>sites</c>.</summary>
internal sealed class SiteRow
{
    public string Id { get; set; } = "";

    public string KnowledgeBaseId { get; set; } = "";

    public string Name { get; set; } = "";

    public string Scope { get; set; } = "";

    public string RenderMode { get; set; } = "";

    public long? HostDelayMs { get; set; }

    public int AllowPrivate { get; set; }

    public string? Reading { get; set; }

    public string? Schedule { get; set; }

    public int Paused { get; set; }

    public long CreatedAt { get; set; }

    public static SiteRow From(Site site) => new()
    {
        Id = site.Id,
        KnowledgeBaseId = site.KnowledgeBaseId,
        Name = site.Name,
        Scope = JsonSerializer.Serialize(site.Scope, CoreJson.Default.SiteScope),
        RenderMode = Stored.Name(site.RenderMode),
        HostDelayMs = site.HostDelay is { } delay ? (long)delay.TotalMilliseconds : null,
        AllowPrivate = site.AllowPrivateAddresses ? 1 : 0,
        Reading = site.Reading.IsDefault ? null : JsonSerializer.Serialize(site.Reading, CoreJson.Default.SiteReading),
        Schedule = site.Schedule is { } schedule ? JsonSerializer.Serialize(schedule, CoreJson.Default.SiteSchedule) : null,
        CreatedAt = Stored.Time(site.CreatedAt),
    };

    public Site ToRecord() => new()
    {
        Id = Id,
        KnowledgeBaseId = KnowledgeBaseId,
        Name = Name,
        Scope = JsonSerializer.Deserialize(Scope, CoreJson.Default.SiteScope)!,
        RenderMode = Stored.Enum<RenderMode>(RenderMode),
        HostDelay = HostDelayMs is { } delay ? TimeSpan.FromMilliseconds(delay) : null,
        AllowPrivateAddresses = AllowPrivate != 0,
        Reading = Reading is null ? new() : JsonSerializer.Deserialize(Reading, CoreJson.Default.SiteReading)!,
        Schedule = Schedule is null ? null : JsonSerializer.Deserialize(Schedule, CoreJson.Default.SiteSchedule),
        IsPaused = Paused != 0,
        CreatedAt = Stored.Time(CreatedAt),
    };
}
