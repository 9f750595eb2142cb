using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chatbot.Backends.Embedded;

/// <summary>Where this installation keeps its data. Section <c>Data</c>.</summary>
public sealed class DataOptions
{
    /// <summary>Made when it is not there. When it is not set, the variable <c>CHATBOT_DATA</c> counts, then <c>./data</c>.</summary>
    [Required]
    public string Directory { get; set; } = "./data";

    /// <summary>Every blob is forced to the disk before it counts as stored. Without it a power cut may lose the newest ones; they are fetched again.</summary>
    public bool FlushBlobs { get; set; }

    /// <summary>Megabytes of the database that each connection keeps in memory; there are as many connections as work at a time.</summary>
    [Range(1, 1_024)]
    public int CacheMegabytes { get; set; } = 4;

    /// <summary>The directory as an absolute path.</summary>
    internal string FullPath => Path.GetFullPath(Directory);
}

[OptionsValidator]
internal sealed partial class DataOptionsValidator : IValidateOptions<DataOptions>;
