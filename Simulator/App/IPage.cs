namespace WhatsAppBuffer.Simulator.App;

/// <summary>A page that shows the simulator and works it, in the simulator's own process. Commands other than <c>up</c> have none.</summary>
internal interface IPage
{
    /// <summary>Adds what it needs of the web application.</summary>
    void AddTo(WebApplicationBuilder builder);

    /// <summary>Answers its addresses; called once, before every other route is looked for.</summary>
    /// <param name="web">The web application.</param>
    /// <param name="simulation">Completes once the pipeline is set up.</param>
    void Map(WebApplication web, Task<Simulation> simulation);
}
