using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.FileProviders;
using MudBlazor.Services;
using WhatsAppBuffer.Simulator.App;
using WhatsAppBuffer.Simulator.App.Control;
using WhatsAppBuffer.Simulator.Page.Layout;
using WhatsAppBuffer.Simulator.Page.Scenarios;

namespace WhatsAppBuffer.Simulator.Page.Hosting;

/// <summary>
/// The page under <c>/_wab/</c>, of interactive server components. Its pipeline is put together with the first request for it: who only uses the endpoint does not wait for it.
/// </summary>
internal sealed class BlazorPage : IPage
{
    private const string Root = "/_wab";

    /// <summary>Nothing comes from elsewhere; styles may stand at elements, scripts may not.</summary>
    private const string Policy = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static readonly string[] Pages = ["/compare", "/numbers", "/scenarios", "/operations"];
    private static readonly string[] Parts = ["/assets", "/_blazor"];

    public void AddTo(WebApplicationBuilder builder)
    {
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        // What it protects lives no longer than this process, and keys in files would outlive it.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddMudServices();
        builder.Services.AddSingleton(new Live(TimeProvider.System));
        builder.Services.AddSingleton<ScenarioRuns>();
        builder.Services.AddScoped<Problems>();
    }

    public void Map(WebApplication web, Task<Simulation> simulation)
    {
        _ = web.Services.GetRequiredService<Live>().AttachAsync(simulation);
        var page = new Lazy<RequestDelegate>(() => Build(web));
        web.Use(next => context => LeadsHere(context.Request) is { } there ? Redirect(context, there) : IsOfPage(context.Request) ? page.Value(context) : next(context));
        web.MapGet($"{Root}/media/{{id}}", async (HttpContext http, string id) => (await simulation).Cloud.SocialMessaging.FindMedia(id) switch
        {
            var (type, content) when ChatFile.IsShown(type) || type.StartsWith("audio/ogg", StringComparison.Ordinal) => Results.Bytes(content.ToArray(), type),
            var (_, content) => Results.Bytes(content.ToArray(), "application/octet-stream", id),
            null => Results.NotFound(new { error = $"WhatsApp keeps no file '{id}'." }),
        }).ExcludeFromDescription();
    }

    /// <summary>Where a browser that comes by a shorter address is sent; null for any other request.</summary>
    internal static string? LeadsHere(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && (request.Path == Root || (request.Path == "/" && !request.QueryString.HasValue && WantsPage(request))) ? $"{Root}/" : null;

    /// <summary>Whether a request is the page's, and not the control API's: some addresses are of both, and browsers ask for a page.</summary>
    internal static bool IsOfPage(HttpRequest request)
    {
        if (!request.Path.StartsWithSegments(Root, out PathString rest))
        {
            return false;
        }

        return Parts.Any(part => rest.StartsWithSegments(part))
            || (HttpMethods.IsGet(request.Method) && (rest == "/" || (Pages.Any(page => rest.StartsWithSegments(page)) && WantsPage(request))));
    }

    private static bool WantsPage(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task Redirect(HttpContext context, string there)
    {
        context.Response.Redirect(there);
        return Task.CompletedTask;
    }

    private static RequestDelegate Build(WebApplication web)
    {
        IApplicationBuilder branch = ((IApplicationBuilder)web).New();
        branch.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            return next(context);
        });
        branch.UsePathBase(Root);
        branch.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "page")),
            RequestPath = "/assets",
            // Another build may follow at the same address.
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
        branch.UseRouting();
        branch.UseAntiforgery();
        branch.UseEndpoints(endpoints => endpoints.MapRazorComponents<Document>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null));
        return branch.Build();
    }
}
