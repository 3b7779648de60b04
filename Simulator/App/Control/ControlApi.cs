using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using WhatsAppBuffer.Simulator.App.Agents;
using WhatsAppBuffer.Simulator.App.Scenarios;
using LocalAws.Faults;

namespace WhatsAppBuffer.Simulator.App.Control;

/// <summary>The simulator's own HTTP API, beside the AWS endpoint, under <c>/_wab</c>.</summary>
internal static class ControlApi
{
    public static void Describe(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "WhatsAppBuffer simulator";
        document.Info.Description = "Write as a customer, read and answer as the agent, watch the buffer. Times are on the simulator's clock.";
        document.Info.Version = "1";
        return Task.CompletedTask;
    });

    /// <param name="web">The web application.</param>
    /// <param name="simulation">Completes once the pipeline is set up; requests wait for it.</param>
    public static void MapControlApi(this WebApplication web, Task<Simulation> simulation)
    {
        web.UseRouting();
        web.UseControlErrors();
        web.MapOpenApi("/_wab/openapi.json");
        RouteGroupBuilder api = web.MapGroup("/_wab");

        api.Map("/{**path}", ControlErrors.NothingThere).ExcludeFromDescription();
        api.MapGet("/", () => Results.Text("This simulator has no page: `./wab.cs up` starts one that has. The control API: /_wab/openapi.json")).ExcludeFromDescription();
        api.MapGet("/health", async () => (await simulation).Status().Parts.Any(part => part.State == PartState.Failed) ? Results.StatusCode(503) : Results.Ok())
            .WithSummary("200 when every part works, 503 when one failed.");
        api.MapGet("/status", async () => TypedResults.Ok((await simulation).Status())).WithSummary("The state of each part, the open windows, whether anything is on its way.");
        api.MapGet("/statistics", async () => TypedResults.Ok((await simulation).Statistics())).WithSummary("What was counted since the start.");
        api.MapGet("/messages", async () => TypedResults.Ok((await simulation).Times)).WithSummary("When each WhatsApp message passed each stage.");
        api.MapPost("/messages", async (SendMessageRequest request) => TypedResults.Ok((await simulation).WhatsApp.Send(request))).WithSummary("Write as a customer.");
        api.MapPost("/burst", async (string? customer) => TypedResults.Ok(await (await simulation).SendBurstAsync(customer ?? "Kike"))).WithSummary("Write the guide's burst as a customer, all at once.");
        api.MapGet("/chats", async () => TypedResults.Ok((await simulation).Chats())).WithSummary("Every chat with its transcript, as the agent sees it.");
        api.MapGet("/attachments/{id}", async Task<Results<FileContentHttpResult, NotFound<ErrorView>>> (HttpContext http, string id) =>
        {
            if ((await simulation).Attachment(id) is not { } found)
            {
                return TypedResults.NotFound(new ErrorView($"No chat has a file '{id}'."));
            }

            http.Response.Headers.XContentTypeOptions = "nosniff";
            return ChatFile.IsShown(found.File.ContentType)
                ? TypedResults.Bytes(found.Content.ToArray(), found.File.ContentType)
                : TypedResults.Bytes(found.Content.ToArray(), "application/octet-stream", found.File.Name);
        }).WithSummary("A file in a chat: pictures, recordings and films as they are, anything else as a download.");
        api.MapPost("/chats/{contactId}/messages", async Task<NoContent> (string contactId, AgentMessageRequest request) =>
        {
            (await simulation).SendAsAgent(contactId, request);
            return TypedResults.NoContent();
        }).WithSummary("Write as the agent.");
        api.MapPost("/chats/{contactId}/typing", async Task<NoContent> (string contactId) =>
        {
            (await simulation).TypeAsAgent(contactId);
            return TypedResults.NoContent();
        }).WithSummary("Type as the agent: the customer sees that somebody writes.");
        api.MapPost("/chats/{contactId}/end", async Task<NoContent> (string contactId) =>
        {
            (await simulation).EndChat(contactId);
            return TypedResults.NoContent();
        }).WithSummary("End a chat as the agent.");
        api.MapPost("/chats/end", async (string? customer) => TypedResults.Ok(new EndedChats((await simulation).EndChats(customer))))
            .WithSummary("End every open chat as the agent, or only those with one customer.");
        api.MapGet("/notices", async () => TypedResults.Ok((await simulation).Notices())).WithSummary("What agents were told in the header of their workspace, in no chat.");
        api.MapPost("/flows", async (FlowRequest request, CancellationToken cancellationToken) => TypedResults.Ok(await (await simulation).RunFlowAsync(request, cancellationToken)))
            .WithSummary("Run a contact flow that sends a customer a template; answers what the function told the flow.");
        api.MapPut("/agents/answers", async Task<NoContent> (AnswerPlan plan) =>
        {
            (await simulation).Agents.Follow(plan);
            return TypedResults.NoContent();
        }).WithSummary("Agents answer by themselves from now on, or nobody does ('perMessage' 0).");
        api.MapGet("/phones", async () => TypedResults.Ok((await simulation).Phones())).WithSummary("What came back to the customers: read receipts, reactions, texts.");
        api.MapGet("/phones/{customer}", async (string customer) => TypedResults.Ok((await simulation).Phone(customer))).WithSummary("What a customer's phone shows: what was written and what came back.");
        api.MapGet("/dead-letters", async () => TypedResults.Ok((await simulation).DeadLetters.Letters())).WithSummary("What no stage could handle, with the reason.");
        api.MapPost("/dead-letters/redrive", async (CancellationToken cancellationToken) => TypedResults.Ok(await (await simulation).DeadLetters.RedriveAsync(cancellationToken)))
            .WithSummary("Invoke each function again with the events of its dead letters, which are deleted.");
        api.MapGet("/faults", async () => TypedResults.Ok((await simulation).Faults())).WithSummary("The fault plan in force, and what each of its rules has struck.");
        api.MapPut("/faults", async (FaultPlan plan) =>
        {
            Simulation running = await simulation;
            running.SetFaults(plan);
            return TypedResults.Ok(running.Faults());
        }).WithSummary("Put a fault plan in force: which calls, processes and deliveries go wrong from now on.");
        api.MapDelete("/faults", async Task<NoContent> () =>
        {
            (await simulation).SetFaults(FaultPlan.None);
            return TypedResults.NoContent();
        }).WithSummary("No faults from now on.");
        api.MapFunctions(simulation);
        api.MapClock(simulation);
        api.MapGet("/scenarios", () => TypedResults.Ok(ScenarioFile.Names)).WithSummary("The scenarios that can be played.");
        api.MapPost("/scenarios/{name}", async (string name, CancellationToken cancellationToken) =>
            TypedResults.Ok(await (await simulation).Scenarios.PlayAsync(name, cancellationToken))).WithSummary("Play a scenario and judge it; answers when it is over.");
        api.MapPost("/reset", async Task<NoContent> ([Description("The word shown at the start; needed only where the tables are in an AWS account.")] string? word, CancellationToken cancellationToken) =>
        {
            await (await simulation).ResetAsync(word, cancellationToken);
            return TypedResults.NoContent();
        }).WithSummary("Forget all messages, chats, dead letters and counts, and let the clock run at its first speed again; tables, topics and functions stay.");
    }
}
