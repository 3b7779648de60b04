using Microsoft.AspNetCore.Components;
using WhatsAppBuffer.Simulator.Page.Layout;

namespace WhatsAppBuffer.Simulator.Page.Hosting;

/// <summary>A part of the page that is drawn again when the simulator has changed.</summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    [Inject]
    private protected Live Live { get; set; } = null!;

    [Inject]
    private protected Problems Problems { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Refresh();
        Live.Changed += OnChanged;
    }

    /// <summary>Reads the simulator.</summary>
    protected virtual void Refresh()
    {
    }

    /// <summary>Ends looking.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing) => Live.Changed -= OnChanged;

    /// <summary>Reads the simulator and draws.</summary>
    protected void Redraw()
    {
        Refresh();
        StateHasChanged();
    }

    private void OnChanged() => _ = InvokeAsync(Redraw);
}
