using Chatbot.Web.ApiAccess;
using Chatbot.Web.Languages;
using Microsoft.AspNetCore.Components;

namespace Chatbot.Web.Shell;

/// <summary>What every page has at hand.</summary>
public abstract class WebPage : ComponentBase
{
    [CascadingParameter]
    public HttpContext Context { get; set; } = null!;

    [Inject]
    internal ApiClient Api { get; set; } = null!;

    [Inject]
    internal Visitor Visitor { get; set; } = null!;

    /// <summary>The lines of the visitor's language.</summary>
    internal Texts T => Visitor.Texts;

    /// <summary>The visitor went away.</summary>
    protected CancellationToken Aborted => Context.RequestAborted;

    /// <summary>Gets what the page shows, and is through before the first rendering: pages need no half-empty state.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }
}
