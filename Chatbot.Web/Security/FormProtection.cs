using Microsoft.AspNetCore.Antiforgery;

namespace Chatbot.Web.Security;

/// <summary>Forms of our pages carry a token, so that other sites cannot post in a visitor's name.</summary>
internal static class FormProtection
{
    public static void AddFormProtection(this IHostApplicationBuilder builder) => builder.Services.AddAntiforgery(options =>
    {
        options.Cookie.Name = "chatbot-form";
        // Frames are governed by the pages' own headers, which allow the widget.
        options.SuppressXFrameOptionsHeader = true;
    });

    /// <summary>For endpoints that take a form without binding it: those are not checked by the framework.</summary>
    public static TBuilder RequireFormToken<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(async (invocation, next) =>
            await invocation.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(invocation.HttpContext)
                ? await next(invocation)
                : Results.StatusCode(StatusCodes.Status400BadRequest));
}
