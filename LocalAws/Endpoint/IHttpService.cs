using Microsoft.AspNetCore.Http;

namespace LocalAws.Endpoint;

/// <summary>What the endpoint answers that is no operation of a service: its requests may wait for long, and no fault strikes them.</summary>
internal interface IHttpService
{
    /// <summary>Whether requests of this path are its own.</summary>
    bool Owns(PathString path);

    /// <summary>Answers one HTTP request.</summary>
    Task HandleAsync(HttpContext context);
}
